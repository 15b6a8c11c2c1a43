import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One figure, beside that of another way of doing the same, taken in the same run. */
export interface Measure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly peer: string
  readonly peerValue: number
  /** `value / peerValue`. Where the unit counts work done, more is better; where it is time, less. */
  readonly ratio: number
}

export const measure = (name: string, value: number, unit: string, peer: { name: string; value: number }): Measure => ({
  name,
  value: rounded(value),
  unit,
  peer: peer.name,
  peerValue: rounded(peer.value),
  ratio: rounded(value / peer.value),
})

const rounded = (value: number) => Number(value.toPrecision(4))

/** The smallest value that the given share of all values does not exceed; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export const median = (values: readonly number[]) => percentile(values, 0.5)

/** Milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

/** On the disk that holds temporary files; gone afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'anbiao-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
