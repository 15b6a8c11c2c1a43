import { newestAnswer } from '../../storage/answers.ts'
import type { Seen } from '../../storage/conversations.ts'
import { photosOfOthers } from '../../storage/evidence.ts'
import type { Unit } from './shell.ts'

/** A bookmark that is made now has seen all that others did. */
export const everythingSeen = async ({ trx, conversation }: Unit, assessmentId: string): Promise<Seen> => ({
  answer: await newestAnswer(trx, assessmentId),
  photos: Object.fromEntries(await photosOfOthers(trx, { assessmentId, contact: conversation.contact })),
})
