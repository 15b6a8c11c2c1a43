import { checklistOf } from '../checklist/checklist.ts'
import { type ElementId, elements } from '../checklist/schema.ts'
import { applicationById, type FiledLine } from '../storage/applications.ts'
import type { Db } from '../storage/database.ts'
import { photoCounts } from '../storage/evidence.ts'
import type { House } from './house.ts'

/** As many answers as one looks through at once. */
export interface FiledPage {
  readonly element: ElementId
  readonly lines: readonly (Pick<FiledLine, 'number' | 'ref' | 'mark'> & { readonly photos: number })[]
}

/** What was filed, by section and in its order, however the answers went on afterwards. */
export async function filedAnswers(
  db: Db,
  { library }: Pick<House, 'library'>,
  applicationId: string,
): Promise<FiledPage[]> {
  const application = await applicationById(db, applicationId)
  if (!application) return []
  const photos = await photoCounts(db, application.assessmentId, EVER)
  const lines = application.ledger.map(({ number, ref, mark, itemId }) => ({
    element: checklistOf(library, [ref]).items[0]?.element,
    line: { number, ref, mark, photos: photos.get(itemId) ?? 0 },
  }))
  return elements.flatMap((element) =>
    inPages(lines.flatMap((each) => (each.element === element ? [each.line] : []))).map((page) => ({
      element,
      lines: page,
    })),
  )
}

const EVER = ''

/** On a phone. */
const PAGE = 12

const inPages = <Line>(lines: readonly Line[]): Line[][] =>
  Array.from({ length: Math.ceil(lines.length / PAGE) }, (_, page) => lines.slice(page * PAGE, (page + 1) * PAGE))
