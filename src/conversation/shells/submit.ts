import type { SignerRole, WalkContext } from '../../../flows/self-assessment/self-assessment.machine.ts'
import { chinaDateOf } from '../../calendar/dates.ts'
import { translators } from '../../i18n/translator.ts'
import { ourTermsOf } from '../../replies/our-term.ts'
import { submittedNote } from '../../replies/submitted.ts'
import {
  ApplicationRefusedError,
  completeRecheck,
  fileApplication,
  type Refusal,
  refileApplication,
} from '../../standardization/index.ts'
import { abandonAssessment, completeAssessment } from '../../storage/enrolment.ts'
import type { Outcome, Unit } from './shell.ts'
import { homeNext } from './standing.ts'

/** Who signed, in which role, and what was confirmed. */
export interface Signature {
  readonly name: string
  readonly role: SignerRole
  readonly declarations: readonly string[]
}

/** The last word of a walk: files, files again, or closes the year, in the transaction of the signature. */
export async function submitted({ trx, house, conversation, at }: Unit, signature: Signature): Promise<Outcome> {
  const { assessment, enterprise, setting, snapshot, language } = conversation
  const { checklist, policy } = setting
  if (!assessment || !enterprise || !checklist) throw new Error('Only a walk is submitted')
  const { sheet, purpose } = snapshot.context as WalkContext
  const filing = {
    assessmentId: assessment.id,
    enterpriseId: enterprise.id,
    checklist,
    sheet,
    commitment: { ...signature, signedAt: at.toISOString() },
    at,
  }
  const submit = {
    initial: fileApplication,
    renewal: fileApplication,
    amendment: refileApplication,
    recheck: completeRecheck,
  }
  const next = homeNext(enterprise)
  const nothing = (why: Overtaken | 'unchanged') => ({
    said: [{ note: translators[language](`submitted.nothing.${why}`) }],
    next,
  })
  try {
    const receipt = await submit[purpose](trx, house, filing)
    await completeAssessment(trx, assessment.id, at)
    if ('verified' in receipt && !receipt.verified) return nothing('unchanged')
    const view = {
      language,
      days: policy.reviewWorkingDays.value,
      isOurTerm: ourTermsOf(policy).review,
      today: chinaDateOf(at),
    }
    // How things stand is what the receipt says.
    return { said: [{ note: submittedNote(purpose, receipt, view) }], alone: true, next }
  } catch (error) {
    if (!(error instanceof ApplicationRefusedError) || !isOvertaken(error.reason)) throw error
    // What an amendment amends was completed long ago.
    if (purpose !== 'amendment') await abandonAssessment(trx, assessment.id)
    return nothing(error.reason)
  }
}

/** What can come about while an owner walks; nothing else may get past the walk. */
const overtaken = ['alreadyRunning', 'mustWait', 'notReturned', 'notListed'] as const
type Overtaken = (typeof overtaken)[number]
const isOvertaken = (reason: Refusal): reason is Overtaken => overtaken.some((each) => each === reason)
