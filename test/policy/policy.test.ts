import { expect, test } from 'vitest'
import { ChecklistFileError } from '../../src/checklist/load.ts'
import { loadPolicies } from '../../src/policy/load.ts'
import { checklistsFolder, library } from '../checklists/support.ts'

const policies = loadPolicies(checklistsFolder)

test('the trial says what the note says', () => {
  const trial = policies.get('shenzhen-trial')
  expect(trial?.steps).toMatchObject({ value: ['selfAssessment', 'review', 'announcement'], confidence: 'confirmed' })
  expect(trial?.validityYears).toMatchObject({ value: 3, confidence: 'confirmed' })
  expect(trial?.verificationEveryMonths).toMatchObject({ value: 12, confidence: 'confirmed' })
  expect(trial?.city).toBe('440300')
})

test('the note is a draft and promises nothing; what it does not say is borrowed, and says so', () => {
  const trial = policies.get('shenzhen-trial')
  expect(trial?.status).toMatch(/征求意见稿.*应急〔2021〕83号/)
  expect(trial?.amendmentWorkingDays).toMatchObject({ value: 20, confidence: 'ownDefault' })
  expect(trial?.publicityWorkingDays).toMatchObject({ value: null, confidence: 'ownDefault' })
  expect(trial?.publicityWorkingDays.note).toContain('7 个工作日')
  expect(trial?.incentives.map(({ confidence }) => confidence)).toEqual(['secondary', 'secondary', 'secondary'])
  const borrowed = trial?.declarations.value.filter(
    (each) => 'borrowed' in each && each.borrowed?.includes('83号第八条'),
  )
  expect(borrowed?.map(({ text }) => text).join('')).toMatch(/证照.*持证.*死亡事故.*重大社会不良影响.*失信/)
})

test('the national measures are declared whole', () => {
  const texts = policies.get('national-2021')?.declarations.value.map(({ text }) => text)
  expect(texts).toContain('证照齐全有效，依法设了安全机构或者配了安全员。')
  expect(texts).toContain('没有发生造成重大社会不良影响的事件。')
  expect(texts).toContain('自评报告已在厂里公示满 10 个工作日。')
})

test('what the note does not say is not passed off as confirmed', () => {
  const trial = policies.get('shenzhen-trial')
  for (const value of [trial?.reviewWorkingDays, trial?.amendmentWorkingDays, trial?.minimumScore])
    expect(value?.confidence).toBe('ownDefault')
})

test('no number of the national measures is called confirmed before it is', () => {
  const national = policies.get('national-2021')
  expect(national?.publicityWorkingDays.confidence).toBe('unconfirmed')
  expect(JSON.stringify(national)).not.toContain('"confidence":"confirmed"')
})

test('every policy rests on a document we know', () => {
  const known = library.documents.documents.map(({ id }) => id)
  expect([...policies.values()].map(({ document }) => document).filter((id) => !known.includes(id))).toEqual([])
})

test('a folder without policies is refused', () => {
  expect(() => loadPolicies(new URL('./nothing/', import.meta.url))).toThrow(ChecklistFileError)
})
