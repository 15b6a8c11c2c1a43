import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readLibrary } from '../../src/checklist/load.ts'
import { publish } from '../../src/checklist/publication.ts'

const sound = new URL('./sound/', import.meta.url).pathname
const workshop = 'industries/workshop/v1.yaml'
let folder = ''
const url = () => pathToFileURL(`${folder}/`)
const rulesBroken = () => readLibrary(url()).problems.map(({ file, rule }) => [file, rule])

function rewrite(file: string, change: (text: string) => string) {
  const path = join(folder, file)
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checklists-'))
  cpSync(sound, folder, { recursive: true })
  publish(url(), readLibrary(url()).checklists)
})
afterEach(() => rmSync(folder, { recursive: true }))

test('what was published and is as it was is sound', () => {
  expect(rulesBroken()).toEqual([])
})

test('a question that reads otherwise than when it was published is refused', () => {
  rewrite(workshop, (text) => text.replace('护罩都装好了吗', '护罩都装牢了吗'))
  expect(rulesBroken()).toEqual([[workshop, 'published']])
  expect(publish(url(), readLibrary(url()).checklists)).toEqual([])
  expect(rulesBroken()).toEqual([[workshop, 'published']])
})

test('a published file that is gone is missed', () => {
  rmSync(join(folder, 'modules/paint'), { recursive: true })
  expect(rulesBroken()).toContainEqual(['modules/paint/v1.yaml', 'published'])
})

test('a revision is a new file, and is published', () => {
  const revised = readFileSync(join(folder, workshop), 'utf8').replace('version: 1', 'version: 2')
  writeFileSync(join(folder, 'industries/workshop/v2.yaml'), revised.replace('护罩都装好了吗', '护罩都装牢了吗'))
  expect(rulesBroken()).toEqual([['industries/workshop/v2.yaml', 'unpublished']])
  expect(publish(url(), readLibrary(url()).checklists)).toEqual(['industries/workshop/v2.yaml'])
  expect(rulesBroken()).toEqual([])
})

test('remarks, examples and the words that are understood may be bettered', () => {
  rewrite(workshop, (text) => text.replace('done: [装]', 'done: [装, 罩]'))
  expect(rulesBroken()).toEqual([])
})

test('on the day a document is superseded, what still cites it is refused', () => {
  rewrite('documents.yaml', (text) =>
    text.replace('    inForceFrom: 2020-01-01', '    inForceFrom: 2020-01-01\n    supersededOn: 2027-02-01'),
  )
  const superseded = (on: string) => readLibrary(url(), on).problems.filter(({ rule }) => rule === 'clauseInForce')
  expect(superseded('2027-01-31')).toEqual([])
  expect(superseded('2027-02-01').length).toBeGreaterThan(0)
})
