import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { opening } from '../../../flows/advance.ts'
import { flows } from '../../../flows/index.ts'
import { chinaDateOf } from '../../calendar/dates.ts'
import { composedRefs } from '../../checklist/checklist.ts'
import { readLibrary } from '../../checklist/load.ts'
import { letters } from '../../checklist/rules.ts'
import { newConversation, saveConversation, settingOf } from '../../conversation/conversation.ts'
import type { ConversationHouse } from '../../conversation/house.ts'
import type { Trx } from '../../storage/database.ts'
import {
  assessmentFacts,
  type EnterpriseFacts,
  enterpriseFacts,
  openAssessment,
  registerEnterprise,
} from '../../storage/enrolment.ts'

/** An owner who walks a checklist and says what all of them say. */
export interface Owner {
  readonly contact: string
  /** The kind of enterprise, one of `checklists/enterprises.yaml`: it decides what is asked. */
  readonly profile: number
  /** One for each thing said. */
  readonly messageIds: readonly string[]
}

/** What every owner says, one line after the other. */
const sayings = readFileSync(new URL('what-owners-say.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')
export const messagesEach = sayings.length

const { enterprises } = readLibrary(new URL('../../../checklists/', import.meta.url))
export const profileCount = enterprises.length

/** Ids of messages rise in the order in which they are said, as those of WeCom do. */
export const newOwners = (count: number, after = 0): Owner[] =>
  Array.from({ length: count }, (_, index) => ({
    contact: `app:owner${after + index}`,
    profile: index % enterprises.length,
    messageIds: sayings.map((_, turn) => String(FIRST_ID + BigInt(after * sayings.length + turn * count + index))),
  }))

const FIRST_ID = 7_300_000_000_000_000_000n

export interface Saying {
  readonly contact: string
  readonly messageId: string
  readonly text: string
}

/** All that these owners say, each of them once before any of them twice. */
export const sayingsOf = (owners: readonly Owner[]): Saying[] =>
  sayings.flatMap((text, turn) =>
    owners.map(({ contact, messageIds }) => ({ contact, messageId: messageIds[turn] ?? '', text })),
  )

/** Puts the first question of their checklist to all of them. */
export const beginWalks = (house: ConversationHouse, owners: readonly Owner[]): Promise<void> =>
  house.database.inTransaction('bench', async (trx) => {
    for (const owner of owners) await beginWalk(trx, house, owner)
  })

async function beginWalk(trx: Trx, house: ConversationHouse, owner: Owner): Promise<void> {
  const at = house.clock()
  const enterprise = await registered(trx, house, owner)
  const { policy, site } = enterprise
  const enterpriseId = enterprise.id
  const refs = composedRefs(house.library, site, chinaDateOf(at))
  const id = randomUUID()
  await openAssessment(trx, { id, enterpriseId, purpose: 'initial', policy, refs, at })

  const assessment = await assessmentFacts(trx, id)
  const flow = 'selfAssessment'
  const setting = settingOf(house, enterprise, assessment)
  const machine = flows[flow].machine(setting)
  const sheet = letters.unanswered.repeat(refs.length)
  const { snapshot } = opening(machine, { purpose: 'initial', sheet, comments: {}, drawn: [] })
  const stranger = newConversation(house, owner.contact, 'enrolment')
  await saveConversation(
    trx,
    { ...stranger, enterpriseId, enterprise, assessment, flow, setting, machine, snapshot },
    at,
  )
}

async function registered(trx: Trx, house: ConversationHouse, { contact, profile }: Owner): Promise<EnterpriseFacts> {
  const known = enterprises[profile]
  if (!known) throw new Error('checklists/enterprises.yaml holds no profile')
  const { title, industry, facts, headcount } = known
  const id = randomUUID()
  await registerEnterprise(trx, {
    id,
    uscc: contact,
    name: title,
    district: '440307',
    industryClass: '',
    industry,
    headcount,
    contact,
    contactName: '',
    contactPhone: '',
    facts,
    policy: house.policyId,
    consentVersion: 1,
    at: house.clock(),
  })
  return enterpriseFacts(trx, id)
}
