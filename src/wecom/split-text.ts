import { TEXT_BYTES } from './limits.ts'

/**
 * A text in parts that WeCom takes whole: at most 2048 bytes of UTF-8 each, cut between lines where that is possible,
 * else between sentences, and never inside a character or a link that fits. Blanks at a cut are dropped, nothing else.
 */
export function splitText(text: string): string[] {
  const parts: string[] = []
  let rest = plainText(text).trim()
  while (rest !== '') {
    const end = cutIn(rest)
    parts.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  return parts
}

/** A text of at most so many UTF-16 units: whole, or its beginning with an ellipsis. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const room = most - ELLIPSIS.length
  const borders = [...characters.segment(text.slice(0, most))].map(({ index }) => index)
  return (
    text
      .slice(
        0,
        borders.findLast((border) => border <= room),
      )
      .trimEnd() + ELLIPSIS
  )
}

/** A text that JSON writes without `\u` escapes, which WeCom refuses (40033): no control characters, no half pairs. */
export const plainText = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')

const ELLIPSIS = '\u2026'
const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' })

function cutIn(rest: string): number {
  if (Buffer.byteLength(rest) <= TEXT_BYTES) return rest.length
  const latest = latestCut(rest)
  return beforeLink(rest, lineCut(rest, latest) ?? sentenceCut(rest, latest) ?? latest)
}

/** The end of the last whole character that fits. Every UTF-16 unit takes a byte or more, so it lies in the window. */
function latestCut(rest: string): number {
  const window = rest.slice(0, TEXT_BYTES + 1)
  const wholeCharacters = [...characters.segment(window)].map(({ segment }) => segment)
  return fittingLength(wholeCharacters) || fittingLength([...window])
}

function fittingLength(pieces: readonly string[]): number {
  let bytes = 0
  let length = 0
  for (const piece of pieces) {
    bytes += Buffer.byteLength(piece)
    if (bytes > TEXT_BYTES) break
    length += piece.length
  }
  return length
}

function lineCut(rest: string, latest: number): number | undefined {
  const lineEnd = rest.lastIndexOf('\n', latest)
  return lineEnd > latest / 2 ? lineEnd : undefined
}

/** Full stops, exclamation and question marks and semicolons, full-width or followed by a blank. */
const SENTENCE_END = /[\u3002\uff01\uff1f\uff1b]|[.!?;](?=\s)/g

function sentenceCut(rest: string, latest: number): number | undefined {
  const ends = [...rest.slice(0, latest).matchAll(SENTENCE_END)].map(({ index }) => index + 1)
  return ends.findLast((end) => end > latest / 2)
}

function beforeLink(rest: string, cut: number): number {
  const links = rest.slice(0, cut + TEXT_BYTES).matchAll(/https?:\/\/[!-~]+/g)
  const broken = [...links].find(({ index, 0: link }) => index < cut && cut < index + link.length)
  return broken?.index || cut
}
