import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checklistOf, composedRefs } from '../../src/checklist/checklist.ts'
import {
  drawablePositions,
  minutesFor,
  missingPhotos,
  photoDraw,
  photoRound,
  photosToCome,
  takesPhoto,
} from '../../src/checklist/photos.ts'
import { blankSheet, itemsOf, letters, type Mark, nextPosition, withMark } from '../../src/checklist/rules.ts'
import { anySheet, library, today } from './support.ts'

const facts = ['solventPaint', 'confinedSpaces', 'contractorsTenants', 'forklifts']
const checklist = checklistOf(library, composedRefs(library, { industry: 'machinery', facts }, today))
const blank = blankSheet(checklist)
const allConform = letters.conforming.repeat(checklist.items.length)
const at = (itemId: string) => checklist.positions.get(itemId) ?? -1
const deadly = checklist.hazards.filter(({ grade }) => grade === 'major').flatMap((criterion) => itemsOf(criterion))
const aDrawable = drawablePositions(checklist)[0] ?? -1

/** A walk that began blank, in which nothing was photographed. */
const walk = { sheet: allConform, firstSheet: blank, photos: {}, drawn: [], putOff: [] }

/** Whoever says 符合 where a major hazard hangs on it shows it. */
const alarm = at('paintGasAlarmFitted')

describe('a photo is missing', () => {
  test.for<[string, Parameters<typeof missingPhotos>[1], boolean]>([
    ['of what kills and conforms', walk, true],
    ['not while it is unanswered', { ...walk, sheet: blank }, false],
    ['not where it is nonconforming', { ...walk, sheet: marked('nonconforming') }, false],
    ['not where it does not apply', { ...walk, sheet: marked('notApplicable') }, false],
    ['not where it was put right: that took one', { ...walk, sheet: marked('rectified') }, false],
    ['not where it is there', { ...walk, photos: { [alarm]: 1 } }, false],
    ['but where the only one was lost', { ...walk, photos: { [alarm]: 0 } }, true],
    ['not where it was answered before this walk', { ...walk, firstSheet: allConform }, false],
    ['also where it was put off', { ...walk, putOff: [alarm] }, true],
  ])('%s', ([, sheet, isMissing]) => {
    expect(missingPhotos(checklist, sheet).includes(alarm)).toBe(isMissing)
  })

  test('of what was drawn, and of nothing else of no consequence', () => {
    expect(missingPhotos(checklist, walk)).not.toContain(aDrawable)
    expect(missingPhotos(checklist, { ...walk, drawn: [aDrawable] })).toContain(aDrawable)
  })

  test('what was put off comes last, in the order in which it was put off', () => {
    fc.assert(
      fc.property(sheets, shuffledRound, (sheet, putOff) => {
        const missing = missingPhotos(checklist, { ...walk, sheet, putOff })
        const late = putOff.filter((position) => missing.includes(position))
        expect(missing.slice(missing.length - late.length)).toEqual(late)
        expect([...missing].sort(ascending)).toEqual([...missingPhotos(checklist, { ...walk, sheet })].sort(ascending))
      }),
    )
  })
})

describe('the round', () => {
  test('is of what kills and of what was drawn, where a photo shows it', () => {
    const round = photoRound(checklist, { drawn: [aDrawable] })
    for (const position of round) expect(checklist.items[position]).toSatisfy(takesPhoto)
    const ids = round.map((position) => checklist.items[position]?.id ?? '')
    expect(ids.filter((id) => !deadly.includes(id))).toEqual([checklist.items[aDrawable]?.id])
  })

  test('does not go twice to one place', () => {
    const places = photoRound(checklist, { drawn: drawablePositions(checklist) }).map(
      (position) => checklist.items[position]?.checklistId,
    )
    const stays = places.filter((place, index) => place !== places[index - 1])
    expect(new Set(stays).size).toBe(stays.length)
  })

  test('is never of more than the policy wants, and which of what kills it is of hangs on the lot', () => {
    const wants = { drawnPhotos: 3, mostPhotos: 5 }
    const [one, other] = [1, -1].map((sign) => {
      const draw = photoDraw(checklist, (position) => String(500 + sign * position), wants)
      return photoRound(checklist, draw)
    })
    expect(one).toHaveLength(5)
    expect(other).toHaveLength(5)
    expect(other).not.toEqual(one)
    const all = photoDraw(checklist, String, { drawnPhotos: 0, mostPhotos: 100 })
    expect(all).toEqual({ drawn: [], spared: [] })
  })

  test('what may be drawn takes a photo that is not wanted anyway', () => {
    const drawable = drawablePositions(checklist)
    expect(drawable.filter((position) => photoRound(checklist, { drawn: [] }).includes(position))).toEqual([])
    for (const position of drawable) expect(checklist.items[position]).toSatisfy(takesPhoto)
  })
})

describe('as many as were announced', () => {
  test('are never fewer than are wanted later, however it is answered and whatever is put off', () => {
    fc.assert(
      fc.property(
        sheets,
        fc.subarray(drawablePositions(checklist), { maxLength: 3 }),
        answers,
        (begun, drawn, marks) => {
          const first = { ...walk, firstSheet: begun, drawn }
          const announced = photosToCome(checklist, { ...first, sheet: begun })
          let sheet = begun
          for (let next = nextPosition(checklist, sheet); next !== undefined; next = nextPosition(checklist, sheet)) {
            sheet = withMark(sheet, next, marks.next().value ?? 'conforming')
            const toCome = photosToCome(checklist, { ...first, sheet })
            expect(toCome).toBeLessThanOrEqual(announced)
            expect(missingPhotos(checklist, { ...first, sheet }).length).toBeLessThanOrEqual(toCome)
          }
        },
      ),
    )
  })

  test('are just so many when everything conforms', () => {
    const announced = photosToCome(checklist, { ...walk, sheet: blank, drawn: [aDrawable] })
    expect(missingPhotos(checklist, { ...walk, drawn: [aDrawable] })).toHaveLength(announced)
  })
})

test.for([
  [{ questions: 0, photos: 0 }, 1],
  [{ questions: 1, photos: 0 }, 1],
  [{ questions: 4, photos: 0 }, 1],
  [{ questions: 5, photos: 0 }, 2],
  [{ questions: 0, photos: 3 }, 2],
  [{ questions: 40, photos: 8 }, 14],
  [{ questions: 41, photos: 8 }, 15],
] as const)('%j are %i minutes', ([work, minutes]) => {
  expect(minutesFor(work)).toBe(minutes)
})

function marked(mark: Mark) {
  return withMark(allConform, alarm, mark)
}

const ascending = (one: number, other: number) => one - other
const sheets = anySheet(checklist)
const answers = fc.infiniteStream(
  fc.constantFrom<Mark>('conforming', 'nonconforming', 'notApplicable', 'rectified', 'stillUnclear'),
)
const shuffledRound = fc.shuffledSubarray(photoRound(checklist, { drawn: [] }))
