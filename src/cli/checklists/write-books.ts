import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChecklistLibrary } from '../../checklist/library.ts'
import { bookOf } from './book.ts'
import { docxOf } from './book-docx.ts'
import { htmlOf } from './book-html.ts'

/**
 * A book for every industry, as `<industry>.html` and `<industry>.docx`.
 * @param on ISO date in China
 * @returns the files that were written
 */
export async function writeBooks(library: ChecklistLibrary, folder: string, on: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const written: string[] = []
  for (const industry of library.industries.industries) {
    const book = bookOf(library, industry, on)
    const path = join(folder, industry.id)
    writeFileSync(`${path}.html`, htmlOf(book))
    writeFileSync(`${path}.docx`, await docxOf(book))
    written.push(`${path}.html`, `${path}.docx`)
  }
  return written
}
