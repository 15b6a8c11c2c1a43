import { innermost } from '../../flows/advance.ts'
import type { WalkContext } from '../../flows/self-assessment/self-assessment.machine.ts'
import { chinaDateOf } from '../calendar/dates.ts'
import { ENOUGH_FOR_A_SCORE, ledgerOf, scoreOf } from '../checklist/rules.ts'
import { workLeft } from '../checklist/work-left.ts'
import type { QuestionFacts } from '../i18n/questions.ts'
import { translators } from '../i18n/translator.ts'
import type { Policy } from '../policy/policy.ts'
import { fullDate } from '../replies/figures.ts'
import { ourTermsOf, termNote } from '../replies/our-term.ts'
import type { RemarkView } from '../replies/remarks.ts'
import { listingOf } from '../standardization/index.ts'
import { speakingTo, type Unit } from './shells/shell.ts'

/** All that the engine's own remarks may speak of. */
export async function remarkView(unit: Unit): Promise<RemarkView> {
  const { house, conversation } = unit
  const { enterprise, language, flow, snapshot } = conversation
  const speaking = speakingTo(unit)
  const questions = house.questions[language]
  const walk = walkOf(unit)
  return {
    ...speaking,
    enterprise,
    isWalking: flow === 'selfAssessment',
    isPaused: innermost(snapshot.value) === 'paused',
    question: { questions, facts: await questionFacts(unit) },
    ...(enterprise && {
      facts: { ...speaking, questions, names: house.changes[language].names, site: enterprise.site, walk },
    }),
  }
}

function walkOf({ conversation: { flow, setting, snapshot } }: Unit) {
  if (flow !== 'selfAssessment' || !setting.checklist) return null
  const { sheet } = snapshot.context as WalkContext
  return { checklist: setting.checklist, sheet }
}

async function questionFacts(unit: Unit): Promise<QuestionFacts> {
  const { trx, house, conversation, at } = unit
  const { enterprise, setting, language } = conversation
  const { policy, checklist } = setting
  const district = house.library.districts.districts.find(({ code }) => code === enterprise?.district)
  const listing = enterprise ? await listingOf(trx, enterprise.id, chinaDateOf(at)) : undefined
  const { application } = listing ?? {}
  const context = conversation.flow === 'selfAssessment' ? (conversation.snapshot.context as WalkContext) : undefined
  const work = context && checklist && workLeft(checklist, context)
  const isEnough = work && checklist.items.length - work.left >= ENOUGH_FOR_A_SCORE
  const score = context && checklist && isEnough ? scoreOf(ledgerOf(checklist, context.sheet)).points : null
  return {
    bureau: district?.bureau,
    phone: district?.phone,
    hours: district?.hours,
    reviewDays: policy.reviewWorkingDays.value,
    ourTerm: termNote(
      ourTermsOf(policy).review,
      district?.bureau ?? house.questions[language].unknown.bureau,
      translators[language],
    ),
    validYears: policy.validityYears.value,
    minimum: policy.minimumScore.value ?? undefined,
    incentives: confirmed(policy.incentives).join(house.questions[language].factAnswers.between) || undefined,
    left: work?.left,
    minutes: work?.minutes,
    score: score ?? undefined,
    number: application?.number,
    ...(application && isUnderReview(application.state) && { dueOn: fullDate(application.reviewDueOn, language) }),
    validUntil: application?.validUntil && fullDate(application.validUntil, language),
  }
}

const isUnderReview = (state: string) => state === 'filed' || state === 'underReview'

const confirmed = (incentives: Policy['incentives']) =>
  incentives.filter(({ confidence }) => confidence === 'confirmed').map(({ text }) => text)
