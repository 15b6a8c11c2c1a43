import type { CompiledQuery, DialectAdapter, QueryResult } from 'kysely'
import type { Db, Trx } from './database.ts'

/**
 * A query that is built for the first values it is given and from then on only given others: to build it takes longer
 * than to run it. `build` puts each value where a value may stand, and looks at none; every call gives the same ones.
 */
export function builtOnce<TGiven extends object, TRow>(
  build: (db: Db, given: TGiven) => { compile(): CompiledQuery<TRow> },
): (db: Db | Trx, given: TGiven) => Promise<QueryResult<TRow>> {
  const built = new WeakMap<DialectAdapter, CompiledQuery<TRow>>()
  return (db, given) => {
    const { adapter } = db.getExecutor()
    const query = built.get(adapter) ?? build(db, placeholdersFor(given)).compile()
    built.set(adapter, query)
    return db.executeQuery({ ...query, parameters: query.parameters.map((each) => valueFor(each, given)) })
  }
}

class Placeholder {
  constructor(readonly name: string) {}
}

/** They go through kysely untouched, like any value. */
const placeholdersFor = <TGiven extends object>(given: TGiven): TGiven =>
  Object.fromEntries(Object.keys(given).map((name) => [name, new Placeholder(name)])) as TGiven

const valueFor = (parameter: unknown, given: object): unknown =>
  parameter instanceof Placeholder ? given[parameter.name as keyof typeof given] : parameter
