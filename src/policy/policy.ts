import { z } from 'zod'

/**
 * The rules of one jurisdiction, as data (`checklists/policies/*.yaml`): every number with the document it
 * comes from and how sure we are of it. Where a source is silent the value is our own default, and says so.
 */

const sourced = <T extends z.ZodType>(value: T) =>
  z.strictObject({
    value,
    source: z.string().min(1).describe('Document and article'),
    confidence: z.enum(['confirmed', 'secondary', 'unconfirmed', 'ownDefault']),
    note: z.string().optional(),
  })

const days = z.int().min(0).max(400)

const sentence = z.string().min(1).max(80)

/** What is confirmed: always, where earlier answers were taken over, a major hazard was put right, or hazards are still to be. */
const declaration = z.union([
  sentence.transform((text) => ({ text, when: 'always' as const })),
  z.strictObject({
    text: sentence,
    when: z.enum(['always', 'confirmedEarlier', 'majorRectified', 'hazardsDue']).default('always'),
    borrowed: z.string().min(1).optional().describe('The document and article of another policy it is taken from'),
  }),
])

export const policySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
  title: z.string().min(1),
  document: z.string().describe('An id in documents.yaml'),
  status: sentence.describe('What the document is worth, in a line: shown to the operator and to regulators'),
  city: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  steps: sourced(z.array(z.enum(['selfAssessment', 'application', 'review', 'publicity', 'announcement'])).min(2)),
  reviewWorkingDays: sourced(z.int().min(1).max(90)).describe('From filing to a decision'),
  amendmentWorkingDays: sourced(z.int().min(1).max(90)).describe('For the enterprise to answer what was returned'),
  withdrawUntil: sourced(z.enum(['reviewBegun', 'decided'])).describe(
    'Until when an enterprise may take its application back: a regulator has opened it, or has decided',
  ),
  publicityWorkingDays: sourced(z.int().min(1).max(30).nullable()).describe(
    'Publicity between approval and announcement; null: none',
  ),
  minimumScore: sourced(z.number().min(0).max(100).nullable()).describe('null: the source sets no pass mark'),
  validityYears: sourced(z.int().min(1).max(10)),
  verificationEveryMonths: sourced(z.int().min(1).max(36)),
  recheckReminderDaysBefore: sourced(z.array(days).min(1)).describe('0 is the anniversary itself'),
  recheckReminderEveryDaysWhenOverdue: sourced(z.int().min(1).max(90)),
  renewalOpensMonthsBefore: sourced(z.int().min(0).max(12)),
  expiryReminderDaysBefore: sourced(z.array(days).min(1)),
  rectificationMaxDays: sourced(z.int().min(1).max(400)).describe(
    'From the day a hazard is found to the latest day the enterprise may set for putting it right',
  ),
  rectificationReminderDaysBefore: sourced(z.array(days).min(1)).describe('0 is the day itself'),
  rectificationReminderEveryDaysWhenOverdue: sourced(z.int().min(1).max(90)),
  nudgeAfterDays: sourced(z.array(z.int().min(1).max(90)).min(1)).describe(
    'From the last message of a walk that was left lying',
  ),
  nudgeEveryDaysAfterwards: sourced(z.int().min(1).max(90)),
  reapplyAfterRejectionMonths: sourced(z.int().min(0).max(36)),
  reapplyAfterRevocationMonths: sourced(z.int().min(0).max(36)),
  invitationDays: sourced(z.int().min(1).max(30)).describe('How long a code for a colleague is good'),
  claimAnswerDays: sourced(z.int().min(1).max(90)).describe(
    'How long a contact may take to say whether somebody belongs to the enterprise, before a regulator is asked',
  ),
  wrongCodesPerHour: sourced(z.int().min(1).max(100)).describe('Codes nobody gave that one contact may try'),
  incentives: z.array(
    z.strictObject({
      id: z.string(),
      text: z.string().min(1).max(60),
      source: z.string(),
      confidence: z.enum(['confirmed', 'secondary', 'unconfirmed']),
    }),
  ),
  /** Which photos must be there though no major hazard hangs on them. */
  drawnPhotos: sourced(z.int().min(0).max(10)).describe(
    'How many items are drawn per self-assessment to be photographed',
  ),
  mostPhotos: sourced(z.int().min(1).max(100)).describe(
    'How many photos are wanted at most: where more items decide a major hazard, which of them is drawn',
  ),
  declarations: sourced(z.array(declaration)).describe('What the person in charge confirms when signing'),
})

export type Policy = z.infer<typeof policySchema>

/** @throws Error when the policy is not published */
export function policyNamed({ policies }: { readonly policies: ReadonlyMap<string, Policy> }, id: string): Policy {
  const policy = policies.get(id)
  if (!policy) throw new Error(`There is no policy ${id} in checklists/policies`)
  return policy
}
