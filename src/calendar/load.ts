import { ChecklistFileError, type FileProblem, yamlFile } from '../checklist/yaml-file.ts'
import { type CalendarOverrides, calendarOverridesSchema } from './overrides.ts'

/**
 * `calendar-overrides.yaml` of the `checklists/` folder.
 * @throws ChecklistFileError naming every problem at once
 */
export function loadCalendarOverrides(folder: URL): CalendarOverrides {
  const problems: FileProblem[] = []
  const overrides = readCalendarOverrides(folder, problems)
  if (!overrides) throw new ChecklistFileError(problems)
  return overrides
}

/** The same, for those who want the problems as a list. */
export const readCalendarOverrides = (folder: URL, problems: FileProblem[]): CalendarOverrides | undefined =>
  yamlFile(folder, 'calendar-overrides.yaml', calendarOverridesSchema, problems)?.data
