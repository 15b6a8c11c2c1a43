import type { AnyEventObject } from 'xstate'
import { enrolmentFlow } from './enrolment/index.ts'
import type { Flow, FlowName } from './flow.ts'
import { homeFlow } from './home/index.ts'
import { reviewDeskFlow } from './review-desk/index.ts'
import { selfAssessmentFlow } from './self-assessment/index.ts'

/** Every conversation, by the name its snapshots carry. */
export const flows: Readonly<Record<FlowName, Flow<unknown, AnyEventObject, unknown>>> = {
  enrolment: enrolmentFlow,
  selfAssessment: selfAssessmentFlow,
  home: homeFlow,
  reviewDesk: reviewDeskFlow,
}
