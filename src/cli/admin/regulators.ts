import {
  addRegulator,
  listRegulators,
  type Regulator,
  type RegulatorRole,
  removeRegulator,
} from '../../storage/regulators.ts'
import { AdminError, needed, oneOf, type Request, table, type Verb } from './verb.ts'

const roles = ['reviewer', 'approver', 'viewer', 'admin'] as const satisfies readonly RegulatorRole[]

export const regulatorVerbs: readonly Verb[] = [
  {
    name: 'regulator add',
    usage: `--userid ID --district CODE --role ${roles.join('|')}`,
    does: [
      'lets somebody act in a district; adding another role replaces the one before',
      'ID is the account in the WeCom contacts; CODE is of GB/T 2260, the city itself stands for all its districts',
    ],
    options: ['userid', 'district', 'role'],
    subject: 'none',
    async run(request) {
      const { options, database } = request
      const { title, code } = districtIn(request)
      const role = oneOf('role', needed(options, 'role'), roles)
      const regulator: Regulator = { userId: userIdIn(request), district: code, role }
      await (await database()).inTransaction('regulators', (trx) => addRegulator(trx, regulator, new Date()))
      return { lines: [`${regulator.userId} is now ${role} in ${code} ${title}.`], json: regulator }
    },
  },
  {
    name: 'regulator list',
    usage: '',
    does: ['shows who may act where'],
    options: [],
    subject: 'none',
    async run(request) {
      const titles = new Map(districtsOf(request).map(({ code, title }) => [code, title]))
      const regulators = await listRegulators((await request.database()).db)
      const rows = regulators.map(({ userId, district, role }) => [userId, role, district, titles.get(district) ?? '?'])
      return { lines: rows.length > 0 ? table(rows) : ['There are no regulators yet.'], json: regulators }
    },
  },
  {
    name: 'regulator remove',
    usage: '--userid ID --district CODE',
    does: ['takes that away again'],
    options: ['userid', 'district'],
    subject: 'none',
    async run({ options, database }) {
      // Of a district that is no longer in districts.yaml somebody must still be removable.
      const [userId, district] = [needed(options, 'userid').toLowerCase(), needed(options, 'district')]
      const { inTransaction } = await database()
      if (!(await inTransaction('regulators', (trx) => removeRegulator(trx, userId, district))))
        throw new AdminError(`There is no regulator ${userId} in ${district}`)
      return { lines: [`${userId} can no longer act in ${district}.`], json: { userId, district } }
    },
  },
]

/** WeCom: letters, digits and `_-@.`, at most 64; it does not tell cases apart (document 90195). */
function userIdIn({ options }: Request): string {
  const userId = needed(options, 'userid').toLowerCase()
  if (/^[a-z0-9][a-z0-9_.@-]{0,63}$/.test(userId)) return userId
  throw new AdminError(`--userid ${userId} is not the account of anybody: letters, digits and _ - @ . only`)
}

function districtIn(request: Request) {
  const districts = districtsOf(request)
  const code = needed(request.options, 'district')
  const district = districts.find((each) => each.code === code)
  if (district) return district
  const known = districts.map((each) => `  ${each.code} ${each.title}`)
  throw new AdminError([`--district ${code} is unknown; there are`, ...known].join('\n'))
}

function districtsOf({ content }: Request) {
  const { city, districts } = content().library.districts
  return [city, ...districts]
}
