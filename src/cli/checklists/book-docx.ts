import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { Block, Book } from './blocks.ts'

/** The same for word processors, with headings to go by; its lines of a card stay together. */
export const docxOf = (book: Book): Promise<Buffer> =>
  Packer.toBuffer(
    new Document({
      title: book.title,
      styles: {
        default: { document: { run: { size: 21, font: { ascii: 'Calibri', eastAsia: 'Microsoft YaHei' } } } },
      },
      sections: [
        {
          properties: { titlePage: true, page: { size: A4, margin: MARGIN } },
          headers: { default: new Header({ children: [new Paragraph(book.running)] }) },
          footers: { default: footerOf(book), first: new Footer({ children: [] }) },
          children: [
            new Paragraph({ text: book.title, heading: HeadingLevel.TITLE, spacing: { before: 3000, after: 600 } }),
            ...book.cover.map((text) => new Paragraph({ text, spacing: { after: 120 } })),
            ...book.blocks.flatMap(parts),
          ],
        },
      ],
    }),
  )

/** In twentieths of a point. */
const A4 = { width: 11906, height: 16838 }
const MARGIN = { top: 1247, bottom: 1134, left: 1020, right: 1020 }
const LABEL_INDENT = 1500

function footerOf({ page }: Book): Footer {
  const [before = '', after = ''] = page.split('{{number}}')
  const children = [new TextRun({ children: [before, PageNumber.CURRENT, after] })]
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.RIGHT, children })] })
}

function parts(each: Block): (Paragraph | Table)[] {
  switch (each.kind) {
    case 'chapter':
      return [
        new Paragraph({ children: [new PageBreak()] }),
        new Paragraph({ text: each.text, heading: HeadingLevel.HEADING_1 }),
      ]
    case 'section':
      return [new Paragraph({ text: each.text, heading: HeadingLevel.HEADING_2, keepNext: true })]
    case 'card':
      return [
        new Paragraph({ text: each.heading, heading: HeadingLevel.HEADING_3, keepNext: true, keepLines: true }),
        ...each.lines.map(
          ({ label, text }, index) =>
            new Paragraph({
              children: [new TextRun({ text: label, bold: true }), new TextRun(`\t${text}`)],
              tabStops: [{ type: 'left', position: LABEL_INDENT }],
              indent: { left: LABEL_INDENT, hanging: LABEL_INDENT },
              keepLines: true,
              keepNext: index < each.lines.length - 1,
            }),
        ),
      ]
    case 'table':
      return [
        new Table({
          width: { size: 100, type: WidthType.PERCENTAGE },
          rows: [rowOf(each.head, true), ...each.rows.map((cells) => rowOf(cells, false))],
        }),
      ]
  }
}

const rowOf = (cells: readonly string[], isHead: boolean) =>
  new TableRow({
    tableHeader: isHead,
    cantSplit: true,
    children: cells.map(
      (text) => new TableCell({ children: [new Paragraph({ children: [new TextRun({ text, bold: isHead })] })] }),
    ),
  })
