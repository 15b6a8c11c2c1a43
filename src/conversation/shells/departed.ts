import { opening } from '../../../flows/advance.ts'
import { translators } from '../../i18n/translator.ts'
import { memberOf } from '../../storage/members.ts'
import { newConversation } from '../conversation.ts'
import type { Meanwhile, Unit } from './shell.ts'

/** Who handed the enterprise over, or was replaced, has nothing to do with it any more, and may enrol another. */
export async function departed({ trx, house, conversation }: Unit): Promise<Meanwhile | undefined> {
  const { enterprise, contact, language, key, turn, prompt } = conversation
  if (!enterprise || (await memberOf(trx, enterprise.id, contact))) return undefined
  const fresh = newConversation(house, contact, 'enrolment')
  const said = translators[language]('colleagues.departed', {
    enterprise: enterprise.name,
    contactName: enterprise.contactName,
  })
  return {
    conversation: { ...fresh, language, key, turn, prompt, snapshot: opening(fresh.machine, undefined).snapshot },
    said: [{ note: said }],
    stale: 'walk',
  }
}
