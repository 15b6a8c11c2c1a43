import * as fc from 'fast-check'
import type { Checklist } from '../../src/checklist/checklist.ts'
import { loadLibrary } from '../../src/checklist/load.ts'
import { type AnswerSheet, letters, type Mark } from '../../src/checklist/rules.ts'

export const checklistsFolder = new URL('../../checklists/', import.meta.url)

export const library = loadLibrary(checklistsFolder)

export const today = '2026-11-24'

const marks = Object.keys(letters) as Mark[]

/** Any way a checklist can be answered, half-way or to the end. */
export const anySheet = ({ items }: Checklist, among: readonly Mark[] = marks): fc.Arbitrary<AnswerSheet> =>
  fc
    .array(fc.constantFrom(...among), { minLength: items.length, maxLength: items.length })
    .map((answers) => answers.map((mark) => letters[mark]).join(''))
