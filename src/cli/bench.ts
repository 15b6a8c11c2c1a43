import { parseArgs } from 'node:util'
import { loadContent } from '../content.ts'
import { callbackMeasure } from './bench/callback.ts'
import { commitMeasures } from './bench/commit.ts'
import type { Measure } from './bench/measure.ts'
import { turnMeasures } from './bench/turn.ts'

/**
 * How fast it is, each figure beside that of a peer in the same run. `--json` prints one object per line, `--quick`
 * takes a few seconds and is good for seeing that it runs.
 */
const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
})

const content = loadContent()
const { quick } = values
const measures = [
  () => turnMeasures(content, 60, quick ? 1 : 50),
  () => turnMeasures(content, 300, quick ? 1 : 10),
  () => commitMeasures(content, quick ? 4 : 40),
  async () => [await callbackMeasure(content, quick ? { rounds: 1, seconds: 1 } : { rounds: 3, seconds: 5 })],
]
for (const taken of measures)
  for (const each of await taken()) console.log(values.json ? JSON.stringify(each) : lineOf(each))

function lineOf({ name, value, unit, peer, peerValue, ratio }: Measure): string {
  return `${name.padEnd(14)} ${String(value).padStart(9)} ${unit.padEnd(10)}  ${peer} ${peerValue}  ratio ${ratio}`
}
