import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checklistOf, composedRefs } from '../../src/checklist/checklist.ts'
import { readLibrary } from '../../src/checklist/load.ts'
import { missingPhotos, photoDraw } from '../../src/checklist/photos.ts'
import { blankSheet, type Mark, nextPosition, withMark } from '../../src/checklist/rules.ts'
import type { TypicalEnterprise } from '../../src/checklist/schema.ts'
import { checklistReport } from '../../src/cli/checklists.ts'
import { loadContent } from '../../src/content.ts'
import { checklistsFolder, today } from './support.ts'

const { library, policies } = loadContent()
const policy = policies.get('shenzhen-trial')
if (!policy) throw new Error('There is no policy shenzhen-trial')
const { enterprises } = readLibrary(checklistsFolder)
const report = checklistReport(checklistsFolder)

/** Its own checklist, and the photos that may be drawn of it. */
function walkOf(enterprise: TypicalEnterprise) {
  const checklist = checklistOf(library, composedRefs(library, enterprise, today))
  const wants = { drawnPhotos: policy?.drawnPhotos.value ?? 0, mostPhotos: policy?.mostPhotos.value ?? 0 }
  return { checklist, ...photoDraw(checklist, String, wants) }
}

test('what fourteen enterprises are told before the first question', () => {
  console.table(report.enterprises)
  expect(Object.keys(report.enterprises)).toEqual(enterprises.map(({ name }) => name))
  expect(enterprises).toHaveLength(14)
})

test.for(enterprises.map((enterprise) => [enterprise.name, enterprise] as const))(
  '%s is asked a bearable number of questions, and for a dozen photos at most',
  ([name, { mostQuestions }]) => {
    const { questions = 0, requiredPhotos } = report.enterprises[name] ?? {}
    expect(questions).toBeGreaterThanOrEqual(25)
    expect(questions).toBeLessThanOrEqual(mostQuestions?.value ?? 45)
    expect(requiredPhotos).toBeLessThanOrEqual(12)
  },
)

test('the greeting promises what holds for all of them', () => {
  const { greeting } = JSON.parse(
    readFileSync(new URL('../../locales/zh-CN/bot.json', import.meta.url), 'utf8'),
  ).enrolment
  const [fewest, most, shortest, longest] = [...greeting.matchAll(/\d+/g)].map(Number)
  const told = Object.values(report.enterprises)
  const questions = told.map((each) => each.questions)
  const minutes = told.map((each) => each.minutes)
  expect([fewest, shortest]).toEqual([Math.min(...questions), Math.min(...minutes)])
  for (const [said, longestOf] of [
    [most, questions],
    [longest, minutes],
  ] as const) {
    expect(said).toBeGreaterThanOrEqual(Math.max(...longestOf))
    expect(said).toBeLessThanOrEqual(Math.max(...longestOf) + 5)
  }
})

test.for(['small-hardware', 'garment-shop', 'lithium-pack-upstairs', 'zinc-die-casting'])(
  'what is told %s stands in both READMEs',
  (name) => {
    const { questions, requiredPhotos, minutes } = report.enterprises[name] ?? {}
    for (const readme of ['README.md', 'README.zh-CN.md'])
      expect(readFileSync(new URL(`../../${readme}`, import.meta.url), 'utf8')).toContain(
        `${questions} · ${requiredPhotos} · ${minutes}`,
      )
  },
)

describe.for(enterprises.map((enterprise) => [enterprise.name, enterprise] as const))('%s', ([name, enterprise]) => {
  const told = report.enterprises[name]
  const { checklist, drawn, spared } = walkOf(enterprise)

  test.for<[said: string, mark: (position: number) => Mark]>([
    ['符合', () => 'conforming'],
    ['不符合', () => 'nonconforming'],
    ['没有这个', () => 'notApplicable'],
    [
      'one thing after the other',
      (at) => (['conforming', 'nonconforming', 'notApplicable'] as const)[at % 3] ?? 'conforming',
    ],
  ])('is asked no more than was announced, who says %s', ([said, mark]) => {
    let sheet = blankSheet(checklist)
    let asked = 0
    for (let next = nextPosition(checklist, sheet); next !== undefined; next = nextPosition(checklist, sheet)) {
      sheet = withMark(sheet, next, mark(next))
      asked += 1
    }
    const photos = missingPhotos(checklist, {
      sheet,
      firstSheet: blankSheet(checklist),
      photos: {},
      drawn,
      spared,
      putOff: [],
    })
    expect(asked).toBeLessThanOrEqual(told?.questions ?? 0)
    expect(photos.length).toBeLessThanOrEqual(told?.requiredPhotos ?? 0)
    if (said === '符合') expect([asked, photos.length]).toEqual([told?.questions, told?.requiredPhotos])
  })
})
