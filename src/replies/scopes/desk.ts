import type { DeskApplication, DeskClaim, DeskPlace } from '../../../flows/review-desk/screens.ts'
import { nameOf } from '../checklist-words.ts'
import { longDate } from '../figures.ts'
import type { Speaking } from '../show.ts'
import { stateTitle } from '../state-title.ts'

/** All that a sentence at the desk may name. */
export function deskScope({ context, known }: DeskPlace, speaking: Speaking): Record<string, unknown> {
  const { t, language, today } = speaking
  const { inHand, waiting, total, several, consoleUrl } = known
  const { problem, findings, refusal } = context
  const application = inHand ?? waiting[0]
  return {
    ...(application && described(application, speaking)),
    total,
    lines: linesOf({ context, known }, speaking).join('\n'),
    example: several[0]?.number ?? shortOf(waiting[0]?.number ?? ''),
    findingCount: findings.length,
    reason: refusal?.reason,
    state: inHand && stateTitle(inHand.state, t),
    by: inHand?.decided?.by,
    on: inHand?.decided && longDate(inHand.decided.on, language, today),
    subject: problem && 'subject' in problem ? problem.subject : '',
    line: problem?.kind === 'malformed' ? problem.line : '',
    numbers: problem?.kind === 'unknownNumbers' ? problem.numbers.join(t('desk:comma')) : '',
    detailsUrl: application?.detailsUrl,
    consoleUrl,
    claimCount: known.claims,
    ...(known.claim && claimScope(known.claim, speaking)),
  }
}

/** What is to be put right; or those that may be meant, by their whole numbers; or what waits. */
function linesOf({ context, known }: Pick<DeskPlace, 'context' | 'known'>, speaking: Speaking): string[] {
  const { t } = speaking
  if (context.findings.length > 0)
    return context.findings.map(({ number, reason }) =>
      t('desk:finding', { number, question: known.inHand?.questions.get(number) ?? '', reason }),
    )
  const isAsked = known.several.length > 0
  return (isAsked ? known.several : known.waiting).map((application) =>
    t('desk:queue.line', {
      ...described(application, speaking),
      short: isAsked ? application.number : shortOf(application.number),
    }),
  )
}

const claimScope = (claim: DeskClaim, { t, language, today }: Speaking) => ({
  claimant: claim.name,
  claimEnterprise: claim.enterprise,
  claimUscc: claim.uscc,
  claimOn: longDate(claim.askedOn, language, today),
  claimContact: `${claim.contactName} ${claim.contactPhone}`,
  claimLicence: t(claim.evidenceId ? 'desk:claim.licence.there' : 'desk:claim.licence.missing'),
  claimUrl: claim.detailsUrl,
})

const shortOf = (number: string) => number.split('-').at(-1) ?? number

const described = (application: DeskApplication, { library, language, today }: Speaking) => ({
  number: application.number,
  enterprise: application.enterprise,
  district: nameOf({ of: 'district', id: application.district }, library, language),
  industry: nameOf({ of: 'industry', id: application.industry }, library, language),
  headcount: application.headcount,
  score: application.score ?? '—',
  major: application.majorRectified,
  dueOn: longDate(application.reviewDueOn, language, today),
})
