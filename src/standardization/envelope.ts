import type { LifeCycleEnvelope } from '../../flows/standardization/index.ts'
import type { Application } from '../storage/applications.ts'

/** Where the life cycle of an application stands. */
export const envelopeIn = ({ snapshot }: Pick<Application, 'snapshot'>) => JSON.parse(snapshot) as LifeCycleEnvelope
