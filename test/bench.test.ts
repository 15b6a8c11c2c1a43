import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = new URL('..', import.meta.url).pathname
const run = promisify(execFile)

/** It fails by itself when a message that was answered 200 is not on record; how fast it is is nothing for a test. */
test('npm run bench prints a measure per line', { timeout: 240_000 }, async ({ signal }) => {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'src/cli/bench.ts', '--quick', '--json'], {
    cwd: root,
    signal,
  })
  const measures = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

  const peers = ['survey-core', '@grammyjs/conversations']
  expect(measures.map(({ name, peer, unit }) => `${name} ${unit}, ${peer}`)).toEqual([
    ...peers.map((peer) => `turn-p50-60 ms, ${peer}`),
    ...peers.map((peer) => `turn-p99-60 ms, ${peer}`),
    ...peers.map((peer) => `turn-p50-300 ms, ${peer}`),
    ...peers.map((peer) => `turn-p99-300 ms, ${peer}`),
    'commit-p50 ms, one row in SQLite',
    'commit-p99 ms, one row in SQLite',
    'callback messages/s, bare-express',
  ])
  for (const measure of measures) {
    expect(Object.keys(measure)).toEqual(['name', 'value', 'unit', 'peer', 'peerValue', 'ratio'])
    for (const key of ['value', 'peerValue', 'ratio']) expect(measure[key]).toBeGreaterThan(0)
  }
})
