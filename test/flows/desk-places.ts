import type { ReviewDeskContext } from '../../flows/review-desk/review-desk.machine.ts'
import type {
  ApplicationInHand,
  DeskApplication,
  DeskClaim,
  DeskKnown,
  DeskPlace,
} from '../../flows/review-desk/screens.ts'
import { loadContent } from '../../src/content.ts'

export const content = loadContent()
const policy = content.policies.get('shenzhen-trial')
if (!policy) throw new Error('There is no policy')

/** A desk with nothing in hand, but for what is said. */
const nothing: ReviewDeskContext = { inHand: null, findings: [], refusal: null, showing: 'nothing', problem: null }

/** A moment at the desk; what waits may be told, and whatever is in hand is there. */
export const placeAt = (
  value: string,
  context: Partial<ReviewDeskContext>,
  known: Partial<DeskKnown> = {},
): DeskPlace => ({
  library: content.library,
  policy: policy,
  value,
  context: { ...nothing, ...context },
  known: {
    waiting: [],
    total: 0,
    inHand: context.inHand ? applicationInHand : null,
    several: context.problem?.kind === 'several' ? [waitingAs(1), waitingAs(2)] : [],
    consoleUrl: 'http://localhost/console',
    claim: null,
    claims: 0,
    ...known,
  },
})

export const waitingAs = (number: number, mayApprove = true): DeskApplication => ({
  applicationId: `a-${number}`,
  round: 1,
  number: `SZ-LG-2026-00000${number}`,
  enterprise: '强盛金属制品有限公司',
  district: '440307',
  industry: 'machinery',
  headcount: 38,
  score: 92,
  majorRectified: 1,
  reviewDueOn: '2026-12-07',
  mayApprove,
  detailsUrl: `http://localhost/console/${number}`,
})

/** Somebody says that a registered enterprise is theirs. */
export const claimWaiting: DeskClaim = {
  claimId: 'c-1',
  name: '黄伟',
  uscc: '91440300MA5FABCD1Q',
  enterprise: '强盛金属制品有限公司',
  contactName: '陈志强',
  contactPhone: '13812345678',
  askedOn: '2026-11-24',
  evidenceId: 'p-1',
  detailsUrl: 'http://localhost/console/claims/c-1',
}

export const applicationInHand: ApplicationInHand = {
  ...waitingAs(1),
  state: 'filed',
  decided: null,
  questions: new Map([1, 3, 14, 27].map((number) => [number, `第 ${number} 题？`])),
}
