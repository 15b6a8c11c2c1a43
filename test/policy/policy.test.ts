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
  expect(trial?.publicityWorkingDays.value).toBeNull()
  expect(trial?.city).toBe('440300')
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
