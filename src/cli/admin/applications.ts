import { lifeCycleStates } from '../../../flows/standardization/index.ts'
import { applicationEntries } from '../../storage/applications.ts'
import { limitIn, table, type Verb } from './verb.ts'

export const applicationVerbs: readonly Verb[] = [
  {
    name: 'application list',
    usage: '[--limit N]',
    does: ['shows the applications, the newest first'],
    options: ['limit'],
    subject: 'none',
    async run({ options, content, database }) {
      const { city, districts } = content().library.districts
      const entries = await applicationEntries((await database()).db, {
        districts: [city, ...districts].map(({ code }) => code),
        states: lifeCycleStates,
        order: 'newestFirst',
        limit: limitIn(options, 1_000_000),
      })
      const rows = entries.map(({ number, district, state, score, filedAt, validUntil, enterprise }) => [
        number,
        district,
        state,
        score === null ? '-' : String(score),
        filedAt,
        validUntil ?? '-',
        enterprise,
      ])
      return { lines: rows.length > 0 ? table(rows) : ['Nobody has filed yet.'], json: entries }
    },
  },
]
