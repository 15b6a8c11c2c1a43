/** What is due, in the order in which it is: the earliest first, from the one after another. */
export type ListDue<Due> = (page: { readonly limit: number; readonly after?: Due | undefined }) => Promise<Due[]>

export interface Fired {
  readonly count: number
  readonly failures: readonly unknown[]
}

/** How many are looked at together. */
const BATCH = 200

/** Lets everything happen that is due, each once, however many before it fail. */
export async function fireAll<Due>(list: ListDue<Due>, fire: (due: Due) => Promise<boolean>): Promise<Fired> {
  const failures: unknown[] = []
  let count = 0
  let after: Due | undefined
  do {
    const batch = await list({ limit: BATCH, after })
    for (const due of batch) {
      try {
        if (await fire(due)) count += 1
      } catch (error) {
        failures.push(error)
      }
    }
    after = batch.at(-1)
  } while (after)
  return { count, failures }
}
