import type { FlowName } from '../../../flows/flow.ts'
import { enrolmentShell } from './enrolment.ts'
import { homeShell } from './home.ts'
import { deskShell } from './review-desk.ts'
import type { AnyShell } from './shell.ts'
import { walkShell } from './walk.ts'

/** Every conversation, by the name its snapshots carry. */
export const shells: Readonly<Record<FlowName, AnyShell>> = {
  enrolment: enrolmentShell,
  selfAssessment: walkShell,
  home: homeShell,
  reviewDesk: deskShell,
}
