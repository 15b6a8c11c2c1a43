/** A day in China, YYYY-MM-DD. */
export type IsoDate = string

/** The day it is in China at a moment. */
export const chinaDateOf = (moment: Date): IsoDate => chinaDay.format(moment)

/** en-CA writes a date as YYYY-MM-DD. */
const chinaDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** Nine in the morning in China: when people may be disturbed. */
export const nineOn = (date: IsoDate): Date => new Date(`${date}T09:00:00+08:00`)

export const addDays = (date: IsoDate, days: number): IsoDate => isoOf(millisecondsOf(date) + days * DAY)

/** 31 January and one month is the last of February. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const start = new Date(millisecondsOf(date))
  const month = start.getUTCMonth() + months
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate()
  return isoOf(Date.UTC(start.getUTCFullYear(), month, Math.min(start.getUTCDate(), lastDay)))
}

export const addYears = (date: IsoDate, years: number): IsoDate => addMonths(date, years * 12)

/** Days from the one to the other; negative when the other is earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => (millisecondsOf(to) - millisecondsOf(from)) / DAY

export const yearOf = (date: IsoDate): number => Number(date.slice(0, 4))

/** 0 is Sunday. */
export const weekdayOf = (date: IsoDate): number => new Date(millisecondsOf(date)).getUTCDay()

const DAY = 86_400_000

/** @throws RangeError when it is no date */
function millisecondsOf(date: IsoDate): number {
  const milliseconds = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(milliseconds) || isoOf(milliseconds) !== date)
    throw new RangeError(`${date} is not a date YYYY-MM-DD`)
  return milliseconds
}

const isoOf = (milliseconds: number): IsoDate => new Date(milliseconds).toISOString().slice(0, 10)
