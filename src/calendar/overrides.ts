import { z } from 'zod'

const date = z.iso.date()

/** Arrangements of years that the built-in calendar does not know, from `checklists/calendar-overrides.yaml`. */
export const calendarOverridesSchema = z.strictObject({
  years: z.array(
    z
      .strictObject({
        year: z.int().min(2020).max(2100),
        published: z.boolean().describe('False: only the statutory days are known, dates stay guessed'),
        source: z.string().min(1),
        holidays: z.array(
          z.strictObject({ from: date, to: date, name: z.string().min(1) }).refine(({ from, to }) => from <= to, {
            message: 'A holiday ends on or after the day it begins',
          }),
        ),
        workdays: z.array(date).describe('Saturdays and Sundays that are worked in exchange'),
      })
      .refine(
        ({ year, holidays, workdays }) =>
          [...holidays.flatMap(({ from, to }) => [from, to]), ...workdays].every((day) => day.startsWith(`${year}-`)),
        { message: 'Every day lies in the year it is listed under' },
      ),
  ),
})

export type CalendarOverrides = z.infer<typeof calendarOverridesSchema>
