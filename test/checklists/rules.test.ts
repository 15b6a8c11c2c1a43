import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checklistOf, composedRefs } from '../../src/checklist/checklist.ts'
import {
  askedPositions,
  blankSheet,
  generalHazards,
  isAsked,
  ledgerOf,
  type Mark,
  majorHazards,
  nextPosition,
  progressOf,
  scoreOf,
  withMark,
} from '../../src/checklist/rules.ts'
import { anySheet, library, today } from './support.ts'

const facts = ['solventPaint', 'confinedSpaces', 'contractorsTenants', 'forklifts']
const checklist = checklistOf(library, composedRefs(library, { industry: 'machinery', facts }, today))
const sheets = anySheet(checklist)
const positions = fc.nat({ max: checklist.items.length - 1 })
const unconditional = positions.filter(
  (position) => !checklist.items.some(({ askWhen }) => askWhen?.item === checklist.items[position]?.id),
)
const pointsOf = (sheet: string) => scoreOf(ledgerOf(checklist, sheet)).points

/** A sheet on which the named items have the given marks and all others conform. */
const sheetWith = (marks: Readonly<Record<string, Mark>>) =>
  checklist.items.reduce(
    (sheet, { id }, position) => withMark(sheet, position, marks[id] ?? 'conforming'),
    blankSheet(checklist),
  )

const majorClauses = (marks: Readonly<Record<string, Mark>>) =>
  majorHazards(checklist, sheetWith(marks)).map(({ criterion, certain }) => [criterion.clause.clause, certain])

/** Where no list is so long that something is left out of it. */
const { mostQuestions: _, ...everything } = library.siteProfile
const unspared = { ...library, siteProfile: everything }

describe('score', () => {
  test('the ledger alone makes it', () => {
    fc.assert(
      fc.property(sheets, (sheet) => {
        const ledger = ledgerOf(checklist, sheet).filter(({ mark }) => mark !== 'unanswered' && mark !== 'keptOpen')
        const applicable = ledger.reduce((total, line) => total + line.applicableWeight, 0)
        const earned = ledger.reduce((total, line) => total + line.earnedWeight, 0)
        expect(pointsOf(sheet)).toBe(applicable === 0 ? null : Math.round((earned / applicable) * 1000) / 10)
      }),
    )
  })

  test('what does not apply leaves numerator and denominator, and changes nothing else', () => {
    fc.assert(
      fc.property(sheets, unconditional, (sheet, position) => {
        const others = (each: string) => ledgerOf(checklist, each).filter((line) => line.position !== position)
        const excused = withMark(sheet, position, 'notApplicable')
        expect(pointsOf(excused)).toBe(scoreOf(others(sheet)).points)
        expect(
          others(excused).map(({ item, mark, applicableWeight, earnedWeight }) => [
            item.id,
            mark,
            applicableWeight,
            earnedWeight,
          ]),
        ).toEqual(
          others(sheet).map(({ item, mark, applicableWeight, earnedWeight }) => [
            item.id,
            mark,
            applicableWeight,
            earnedWeight,
          ]),
        )
      }),
    )
  })

  test('equipment that an enterprise lacks earns nothing: taking a fact back never raises what is earned', () => {
    const allFacts = library.siteProfile.groups.flatMap((group) => group.facts.map(({ id }) => id))
    const industries = library.industries.industries.map(({ id }) => id)
    fc.assert(
      fc.property(
        fc.constantFrom(...industries),
        fc.subarray(allFacts, { minLength: 1 }),
        fc.nat(),
        fc.integer({ min: 2, max: 5 }),
        (industry, had, pick, every) => {
          const kept = had.filter((fact) => fact !== had[pick % had.length])
          const earned = (facts: readonly string[]) => {
            const list = checklistOf(unspared, composedRefs(unspared, { industry, facts }, today))
            const sheet = list.items.reduce(
              (marks, { id }, position) =>
                withMark(marks, position, id.length % every === 0 ? 'nonconforming' : 'conforming'),
              blankSheet(list),
            )
            return ledgerOf(list, sheet).reduce((total, { earnedWeight }) => total + earnedWeight, 0)
          }
          expect(earned(kept)).toBeLessThanOrEqual(earned(had))
        },
      ),
    )
  })

  test('putting something right never lowers it', () => {
    fc.assert(
      fc.property(sheets, unconditional, (sheet, position) => {
        const wrong = pointsOf(withMark(sheet, position, 'nonconforming')) ?? 0
        expect(pointsOf(withMark(sheet, position, 'conforming')) ?? 0).toBeGreaterThanOrEqual(wrong)
        expect(pointsOf(withMark(sheet, position, 'rectified'))).toBe(pointsOf(withMark(sheet, position, 'conforming')))
      }),
    )
  })

  test('what stays unclear is never worth more than what is wrong', () => {
    fc.assert(
      fc.property(sheets, unconditional, (sheet, position) => {
        expect(pointsOf(withMark(sheet, position, 'stillUnclear'))).toBe(
          pointsOf(withMark(sheet, position, 'nonconforming')),
        )
      }),
    )
  })

  test('it lies between 0 and 100, and only all conforming makes 100 of a finished sheet', () => {
    fc.assert(
      fc.property(anySheet(checklist, ['conforming', 'nonconforming', 'notApplicable', 'stillUnclear']), (sheet) => {
        const { points, nonconforming, unclear } = scoreOf(ledgerOf(checklist, sheet))
        if (points === null) return
        expect(points).toBeGreaterThanOrEqual(0)
        expect(points).toBeLessThanOrEqual(100)
        expect(points === 100).toBe(nonconforming + unclear === 0)
      }),
    )
  })

  test('nothing answered, no score', () => {
    expect(pointsOf(blankSheet(checklist))).toBeNull()
    expect(pointsOf(sheetWith({}))).toBe(100)
  })
})

describe('major hazards', () => {
  test.for<[string, Readonly<Record<string, Mark>>, [string, boolean][]]>([
    ['all conforms', {}, []],
    ['no ledger but signs: 并且 not met', { spacesListed: 'nonconforming' }, []],
    ['neither ledger nor signs', { spacesListed: 'nonconforming', spaceSigns: 'nonconforming' }, [['13(1)', true]]],
    ['no ledger, signs unclear', { spacesListed: 'nonconforming', spaceSigns: 'stillUnclear' }, [['13(1)', false]]],
    ['no approval alone: 或者 met', { entryApproved: 'nonconforming' }, [['13(2)', true]]],
    ['no watcher alone', { entryWatched: 'nonconforming' }, [['13(2)', true]]],
    ['nobody watches', { entryWatched: 'nonconforming' }, [['13(2)', true]]],
    ['no ventilation', { paintVentilationFitted: 'nonconforming' }, [['7(7)', true]]],
    ['water-based paint', { paintGasAlarmFitted: 'notApplicable', paintVentilationFitted: 'notApplicable' }, []],
    ['put right with evidence', { paintGasAlarmFitted: 'rectified' }, []],
    ['licence unclear', { specialOperatorLicences: 'keptOpen' }, [['3(2)', false]]],
  ])('%s', ([, marks, expected]) => {
    expect(majorClauses(marks)).toEqual(expected)
  })

  test('one is there whatever the score', () => {
    const sheet = sheetWith({ entryWatched: 'nonconforming' })
    expect(pointsOf(sheet)).toBeGreaterThan(90)
    expect(majorHazards(checklist, sheet)).toHaveLength(1)
  })

  test('a further nonconformity never takes one away', () => {
    fc.assert(
      fc.property(sheets, unconditional, (sheet, position) => {
        const clauses = (each: string) => majorHazards(checklist, each).map(({ criterion }) => criterion.id)
        const worse = clauses(withMark(sheet, position, 'nonconforming'))
        expect(clauses(withMark(sheet, position, 'conforming')).filter((id) => !worse.includes(id))).toEqual([])
      }),
    )
  })

  test('every nonconformity is a hazard: part of a major one or a general one, never both', () => {
    fc.assert(
      fc.property(sheets, (sheet) => {
        const wrong = ledgerOf(checklist, sheet).filter(({ mark }) => mark === 'nonconforming')
        const major = new Set(majorHazards(checklist, sheet).flatMap((hazard) => hazard.positions))
        const general = new Set(generalHazards(checklist, sheet).map(({ position }) => position))
        for (const { position } of wrong) expect(major.has(position)).toBe(!general.has(position))
        expect(general.size).toBeLessThanOrEqual(wrong.length)
      }),
    )
  })
})

describe('the walk', () => {
  test('answering whatever comes next ends, with every asked item answered once', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.constantFrom<Mark>('conforming', 'nonconforming', 'notApplicable')),
        (answers) => {
          let sheet = blankSheet(checklist)
          const asked: number[] = []
          for (let at = nextPosition(checklist, sheet); at !== undefined; at = nextPosition(checklist, sheet)) {
            asked.push(at)
            sheet = withMark(sheet, at, answers.next().value ?? 'conforming')
          }
          expect(new Set(asked).size).toBe(asked.length)
          expect(asked).toEqual(askedPositions(checklist, sheet))
        },
      ),
    )
  })

  test('what was kept open comes back when the rest is done, and stays until it is settled', () => {
    const open = withMark(sheetWith({}), 3, 'keptOpen')
    expect(nextPosition(checklist, open)).toBe(3)
    expect(nextPosition(checklist, withMark(open, 0, 'unanswered'))).toBe(0)
    expect(nextPosition(checklist, withMark(open, 3, 'stillUnclear'))).toBeUndefined()
  })

  test('an item keeps its number, and the total is the same from the first question to the last', () => {
    fc.assert(
      fc.property(sheets, positions, (sheet, position) => {
        const { number, total } = progressOf(checklist, sheet, position)
        expect([number, total]).toEqual([position + 1, checklist.items.length])
        expect(ledgerOf(checklist, sheet).every((line) => line.number === line.position + 1)).toBe(true)
      }),
    )
  })

  test('what is left is what is asked still, and never fewer than that', () => {
    fc.assert(
      fc.property(sheets, fc.constantFrom<Mark>('conforming', 'nonconforming', 'notApplicable'), (begun, mark) => {
        let sheet = begun
        const { left } = progressOf(checklist, begun, -1)
        let asked = 0
        for (let at = nextPosition(checklist, sheet); at !== undefined; at = nextPosition(checklist, sheet)) {
          sheet = withMark(sheet, at, mark)
          asked += 1
        }
        expect(asked).toBeLessThanOrEqual(left)
        if (mark === 'conforming') expect(asked).toBe(left)
        expect(progressOf(checklist, sheet, -1).left).toBe(0)
      }),
    )
  })

  test('a question that hangs on another is asked only while that stands', () => {
    const cells = checklistOf(library, composedRefs(library, { industry: 'lithium-battery', facts: [] }, today))
    const isolatedToday = cells.positions.get('faultyBatteriesIsolatedToday') ?? -1
    const fitted = cells.positions.get('faultyBatteriesIsolated') ?? -1
    const isAskedWith = (mark: Mark) => isAsked(cells, withMark(blankSheet(cells), fitted, mark), isolatedToday)
    expect(isAskedWith('conforming')).toBe(true)
    expect(isAskedWith('rectified')).toBe(true)
    expect(isAskedWith('nonconforming')).toBe(false)
    expect(isAskedWith('unanswered')).toBe(false)
  })
})
