import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMonths, addYears, chinaDateOf, daysBetween } from '../../src/calendar/dates.ts'
import { loadCalendarOverrides } from '../../src/calendar/load.ts'
import { addWorkingDays, isPublished, isWorkingDay } from '../../src/calendar/working-days.ts'
import { checklistsFolder } from '../checklists/support.ts'

const overrides = loadCalendarOverrides(checklistsFolder)
const none = { years: [] }

const dates = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2004-01-01', days))

describe('working days', () => {
  test.for<[string, string, number, string, boolean]>([
    ['over a weekend', '2026-11-23', 10, '2026-12-07', false],
    ['from a Friday', '2026-11-27', 1, '2026-11-30', false],
    ['from a Saturday', '2026-11-28', 1, '2026-11-30', false],
    ['none', '2026-11-28', 0, '2026-11-28', false],
    ['over the National Day holiday', '2026-09-30', 1, '2026-10-08', false],
    ['counting the 调休 Saturday', '2026-10-08', 2, '2026-10-10', false],
    ['over the Spring Festival', '2026-02-13', 2, '2026-02-24', false],
    ['into a year not published yet', '2026-12-28', 5, '2027-01-05', true],
    ['over its statutory days', '2027-02-04', 1, '2027-02-09', true],
    ['in a year nobody knows', '2030-01-01', 3, '2030-01-04', true],
  ])('%s', ([, from, days, date, guessed]) => {
    expect(addWorkingDays(from, days, overrides)).toEqual({ date, guessed })
  })

  test('a published override replaces the guess', () => {
    const published = {
      years: [
        {
          year: 2030,
          published: true,
          source: '通知',
          holidays: [{ from: '2030-01-01', to: '2030-01-03', name: '元旦' }],
          workdays: ['2030-01-05'],
        },
      ],
    }
    expect(addWorkingDays('2029-12-31', 2, published)).toEqual({ date: '2030-01-05', guessed: false })
    expect(addWorkingDays('2029-12-31', 2, none)).toEqual({ date: '2030-01-02', guessed: true })
  })

  test('the years that are known', () => {
    expect([2025, 2026, 2027, 2031].map((year) => isPublished(year, overrides))).toEqual([true, true, false, false])
  })

  test('the date given is a working day, and there are as many up to it as asked for', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 60 }), (from, days) => {
        const { date } = addWorkingDays(from, days, overrides)
        const counted = Array.from({ length: daysBetween(from, date) }, (_, index) => addDays(from, index + 1))
        expect(isWorkingDay(date, overrides)).toBe(true)
        expect(counted.filter((day) => isWorkingDay(day, overrides))).toHaveLength(days)
      }),
    )
  })

  test.for([-1, 1.5, Number.NaN])('%s days is refused', (days) => {
    expect(() => addWorkingDays('2026-11-23', days, none)).toThrow(RangeError)
  })
})

describe('dates', () => {
  test.for<[string, string, number, string]>([
    ['the same day', '2026-11-24', 1, '2026-12-24'],
    ['clamped', '2026-01-31', 1, '2026-02-28'],
    ['clamped in a leap year', '2028-01-31', 1, '2028-02-29'],
    ['over the year', '2026-11-30', 3, '2027-02-28'],
    ['back', '2026-03-31', -1, '2026-02-28'],
    ['twelve', '2026-12-09', 12, '2027-12-09'],
  ])('months: %s', ([, from, months, to]) => {
    expect(addMonths(from, months)).toBe(to)
  })

  test.for<[string, number, string]>([
    ['2026-12-09', 3, '2029-12-09'],
    ['2028-02-29', 1, '2029-02-28'],
    ['2028-02-29', 4, '2032-02-29'],
  ])('%s and %i years is %s', ([from, years, to]) => {
    expect(addYears(from, years)).toBe(to)
  })

  test('days there and back', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -4000, max: 4000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days)
        expect(addDays(addDays(date, days), -days)).toBe(date)
      }),
    )
  })

  test.for<[string, string]>([
    ['2026-11-24T15:59:59Z', '2026-11-24'],
    ['2026-11-24T16:00:00Z', '2026-11-25'],
    ['2026-12-31T16:30:00Z', '2027-01-01'],
    ['2026-01-01T00:00:00Z', '2026-01-01'],
  ])('at %s it is %s in China', ([moment, date]) => {
    expect(chinaDateOf(new Date(moment))).toBe(date)
  })

  test.for(['2026-02-30', '2026-13-01', '24.11.2026', ''])('“%s” is refused', (text) => {
    expect(() => addDays(text, 1)).toThrow(RangeError)
  })
})
