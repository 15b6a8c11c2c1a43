/** Works off what is due in the database, several pieces at once. Never throws. */
export interface DueWork {
  /** Something was committed that may be due. */
  readonly wake: () => void
  /** Works until nothing can be claimed any more; gives the number of pieces it worked on. */
  readonly workOff: () => Promise<number>
  /** Claims nothing any more, and resolves when what is under way has ended. */
  readonly stop: () => Promise<void>
}

export interface DueWorkSettings<T> {
  /** Marks up to so many due pieces as this process's own and gives them. */
  readonly claim: (limit: number) => Promise<readonly T[]>
  readonly work: (piece: T) => Promise<void>
  readonly onError: (error: unknown) => void
  readonly atOnce: number
  /** Milliseconds between looks for what has become due; 0 leaves it to `wake` and `workOff`. */
  readonly everyMs: number
}

export function createDueWork<T>({ claim, work, onError, atOnce, everyMs }: DueWorkSettings<T>): DueWork {
  let running: Promise<number> | undefined
  let asked = false
  let stopped = false
  let tellAsked = () => {}

  async function run(): Promise<number> {
    const underWay = new Set<Promise<void>>()
    let pieces = 0
    for (;;) {
      asked = false
      for (const piece of await claimed(atOnce - underWay.size)) {
        pieces++
        const ending = work(piece)
          .catch(onError)
          .finally(() => underWay.delete(ending))
        underWay.add(ending)
      }
      if (asked) continue
      if (underWay.size === 0) {
        running = undefined
        return pieces
      }
      await Promise.race([...underWay, nextAsked()])
    }
  }

  async function claimed(limit: number): Promise<readonly T[]> {
    // Also lets `running` be set before it can be cleared.
    await undefined
    if (stopped || limit === 0) return []
    try {
      return await claim(limit)
    } catch (error) {
      onError(error)
      return []
    }
  }

  const nextAsked = () =>
    new Promise<void>((resolve) => {
      tellAsked = resolve
    })

  function workOff(): Promise<number> {
    asked = true
    tellAsked()
    running ??= run()
    return running
  }

  const timer = everyMs > 0 ? setInterval(() => void workOff(), everyMs).unref() : undefined

  return {
    wake: () => void workOff(),
    workOff,
    async stop() {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
