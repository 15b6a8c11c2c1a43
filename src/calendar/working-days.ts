import chineseDays from 'chinese-days'
import { addDays, type IsoDate, weekdayOf, yearOf } from './dates.ts'
import type { CalendarOverrides } from './overrides.ts'

export interface WorkingDate {
  readonly date: IsoDate
  /** True when a day was counted in a year whose holidays are not published yet. */
  readonly guessed: boolean
}

/**
 * The last of so many working days after a day, 调休 counted; the day itself does not count (民法典第二百零一条).
 * With 0 days it is the day itself.
 * @throws RangeError when days is not a whole number from 0, or the date is none
 */
export function addWorkingDays(from: IsoDate, days: number, overrides: CalendarOverrides): WorkingDate {
  if (!Number.isInteger(days) || days < 0) throw new RangeError(`${days} is not a number of days`)
  let date = addDays(from, 0)
  let guessed = false
  for (let left = days; left > 0; ) {
    date = addDays(date, 1)
    guessed ||= !isPublished(yearOf(date), overrides)
    if (isWorkingDay(date, overrides)) left -= 1
  }
  return { date, guessed }
}

/** What the override says; else the library; beyond its years every weekday. */
export function isWorkingDay(date: IsoDate, { years }: CalendarOverrides): boolean {
  const year = years.find((each) => each.year === yearOf(date))
  if (!year) return chineseDays.isWorkday(date)
  if (year.workdays.includes(date)) return true
  if (year.holidays.some(({ from, to }) => from <= date && date <= to)) return false
  return !isWeekend(date)
}

/** Whether the holidays of a year are known for certain. */
export function isPublished(year: number, { years }: CalendarOverrides): boolean {
  const override = years.find((each) => each.year === year)
  return override ? override.published : isInLibrary(year)
}

/** The library knows a year when it names at least one holiday in it. */
const isInLibrary = (year: number) => chineseDays.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0

const isWeekend = (date: IsoDate) => weekdayOf(date) === 0 || weekdayOf(date) === 6
