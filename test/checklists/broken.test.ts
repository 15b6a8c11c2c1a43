import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { checklistReport } from '../../src/cli/checklists.ts'

const here = new URL('./', import.meta.url).pathname

test('the sound folder, which every broken file spoils in one way, is sound', () => {
  expect(checklistReport(pathToFileURL(join(here, 'sound/'))).problems).toEqual([])
})

/** At the head of a broken file, a line for each problem: `# <the file it takes the place of>:<line> [<rule>] <message>`. */
test.for(readdirSync(join(here, 'broken')))('%s', (name) => {
  const text = readFileSync(join(here, 'broken', name), 'utf8')
  const [head = ''] = /^(# .+\n)+/.exec(text) ?? []
  const expected = head
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(2))
  const [, file = ''] = /^([^:]+):/.exec(head.slice(2)) ?? []

  expect(problemsWith(file, text)).toEqual(expected)
})

function problemsWith(file: string, text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'checklists-'))
  try {
    cpSync(join(here, 'sound'), folder, { recursive: true })
    writeFileSync(join(folder, file), text)
    const { problems } = checklistReport(pathToFileURL(`${folder}/`))
    return problems.map((problem) => `${problem.file}:${problem.line} [${problem.rule}] ${problem.message}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
