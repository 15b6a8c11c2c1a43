import writeExcelFile from 'write-excel-file/node'
import type { HazardWords, RegisterWords } from '../replies/hazards.ts'

/** 隐患台账 as a spreadsheet: a title, a heading, and a line for each hazard. */
export const hazardRegisterXlsx = (rows: readonly HazardWords[], { title, sheet, columns }: RegisterWords) =>
  writeExcelFile(
    [
      [{ value: title, type: String, fontWeight: 'bold', fontSize: 14, columnSpan: layout.length }],
      layout.map(({ name }) => ({ value: columns[name], type: String, fontWeight: 'bold', wrap: true })),
      ...rows.map((row) => layout.map(({ name }) => cellOf(row[name]))),
    ],
    {
      sheet,
      columns: layout.map(({ width }) => ({ width })),
      orientation: 'landscape',
      stickyRowsCount: 2,
    },
  ).toBuffer()

/** In the order of the columns; widths in characters. */
const layout: readonly { readonly name: keyof HazardWords; readonly width: number }[] = [
  { name: 'number', width: 6 },
  { name: 'what', width: 44 },
  { name: 'section', width: 16 },
  { name: 'grade', width: 10 },
  { name: 'measure', width: 44 },
  { name: 'person', width: 12 },
  { name: 'foundOn', width: 16 },
  { name: 'term', width: 16 },
  { name: 'state', width: 10 },
  { name: 'doneOn', width: 16 },
  { name: 'accepted', width: 24 },
]

/** Text is text, even where it begins with an equals sign. */
const cellOf = (value: string | number) =>
  typeof value === 'number'
    ? { value, type: Number, alignVertical: 'top' as const }
    : { value: value.replace(unprintable, ' '), type: String, alignVertical: 'top' as const, wrap: true }

/** XML, and so the file, cannot hold these. */
const unprintable = /(?!\n)\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu
