import { readFileSync } from 'node:fs'
import { dump, load } from 'js-yaml'
import { ConverterFactory, Locale } from 'opencc-js'
import { z } from 'zod'
import type { ChecklistLibrary } from '../../checklist/library.ts'
import type { PublishedItem } from '../../checklist/schema.ts'
import type { FileProblem } from '../../checklist/yaml-file.ts'
import type { ChecklistWords } from '../../i18n/checklist-words.ts'

/**
 * The checklists in the characters and words of Hong Kong. They are made of the Chinese of `checklists/` by OpenCC and
 * `locales/zh-HK/words.yaml`, and kept in `locales/zh-HK/checklists.yaml`, which nobody edits by hand.
 */

const phrases = z.record(z.string().min(1), z.string().min(1))

const hongKongWordsSchema = z.strictObject({
  /** What zh-CN writes, to what is written in Hong Kong; the longest that fits goes first. */
  phrases,
  /** What OpenCC writes, to how Hong Kong prints it. */
  printed: phrases,
  /** Words kept as they are and, once in each help, followed by what Hong Kong calls the thing. */
  explained: phrases,
  /** Longer words that hold an explained one and stay bare. */
  bare: z.array(z.string().min(1)),
  /** Characters that OpenCC always changes where they stand alone and that are right in Hong Kong as well. */
  rightAsTheyAre: z.array(z.string().length(1)),
  /** What an owner calls another language by stands in its characters. */
  ownNames: z.array(z.string().min(1)),
})

export type HongKongWords = z.infer<typeof hongKongWordsSchema>

/** @throws Error when the list is not of its shape */
export const readHongKongWords = (): HongKongWords =>
  hongKongWordsSchema.parse(load(readFileSync(new URL('words.yaml', folder), 'utf8')))

const folder = new URL('../../../locales/zh-HK/', import.meta.url)
export const zhHkFile = new URL('checklists.yaml', folder)

/** The whole file, as it has to be. */
export const zhHkText = (library: ChecklistLibrary, words: HongKongWords): string =>
  dump(zhHkWords(library, words), { lineWidth: -1, quoteStyle: 'double' })

/** Where the file is not what it has to be, and whatever else zh-HK says in simplified characters. */
export const zhHkProblems = (library: ChecklistLibrary, words: HongKongWords): FileProblem[] => [
  ...staleness(zhHkText(library, words), textOf(CHECKLISTS)),
  ...spoken.flatMap((file) => simplifiedIn(file, textOf(file), words)),
]

const CHECKLISTS = 'checklists.yaml'
/** What is told in zh-HK; its words for listening are simplified on purpose. */
const spoken = [CHECKLISTS, 'bot.json', 'console.json', 'desk.json', 'hazards.json', 'notices.json']
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8')

const problem = (file: string, index: number, message: string): FileProblem => ({
  file: `locales/zh-HK/${file}`,
  line: index + 1,
  rule: 'zhHk',
  message,
})

/** The first line that differs, if any does. */
export function staleness(expected: string, written: string): FileProblem[] {
  if (expected === written) return []
  const [wanted, found] = [expected.split('\n'), written.split('\n')]
  const index = wanted.findIndex((line, each) => line !== found[each])
  const message = 'It is not what the checklists say: run npm run checklists -- --zh-hk'
  return [problem(CHECKLISTS, index === -1 ? wanted.length : index, message)]
}

/** Lines with characters that Hong Kong does not write. */
export function simplifiedIn(file: string, text: string, { rightAsTheyAre, ownNames }: HongKongWords): FileProblem[] {
  const withoutNames = (line: string) => ownNames.reduce((rest, name) => rest.replaceAll(name, ''), line)
  const isSimplified = (character: string) => !rightAsTheyAre.includes(character) && openCc(character) !== character
  return text.split('\n').flatMap((line, index) => {
    const found = [...withoutNames(line)].filter(isSimplified)
    return found.length === 0 ? [] : problem(file, index, `Simplified: ${[...new Set(found)].join(' ')}`)
  })
}

const openCc = ConverterFactory(Locale.from.cn.flat(), Locale.to.hk.flat())

/** Whatever owners read of the checklists: of each item the newest version. */
export function zhHkWords(library: ChecklistLibrary, words: HongKongWords): ChecklistWords {
  const said = hongKongOf(words)
  const explained = explainer(words)
  const titles = <T>(list: readonly T[], entry: (each: T) => readonly [string, string]) =>
    Object.fromEntries(list.map(entry).map(([id, title]) => [id, said(title)]))
  const lists = [...library.published.values()].sort((a, b) => a.version - b.version)
  const { groups } = library.siteProfile
  const { city, districts, zones } = library.districts
  return {
    items: Object.fromEntries(
      lists.flatMap(({ items }) => items.map((item) => [item.id, itemWords(item, said, explained)])),
    ),
    hazards: titles(
      lists.flatMap(({ hazards }) => hazards),
      ({ id, title }) => [id, title],
    ),
    groups: titles(groups, ({ id, heading }) => [id, heading]),
    facts: titles(
      groups.flatMap(({ facts }) => facts),
      ({ id, label }) => [id, label],
    ),
    industries: titles(library.industries.industries, ({ id, title }) => [id, title]),
    classes: titles(library.industries.classes, ({ code, title }) => [code, title]),
    districts: {
      ...titles([city, ...districts], ({ code, title }) => [code, title]),
      ...titles(zones, ({ id, title }) => [id, title]),
    },
  }
}

type Change = (text: string) => string

function itemWords(item: PublishedItem, said: Change, explained: Change): ChecklistWords['items'][string] {
  const { question, help, why, notApplicable, evidence, rectification } = item
  return {
    question: said(question),
    help: explained(said(help)),
    why: said(why),
    ...(notApplicable && { reason: said(notApplicable.reason) }),
    ...('mustShow' in evidence && { mustShow: said(evidence.mustShow) }),
    ...(rectification.now && { now: said(rectification.now) }),
    advice: said(rectification.advice),
  }
}

/** Simplified Chinese in the characters and words of Hong Kong. */
export const hongKongOf = ({ phrases, printed }: HongKongWords): Change =>
  ConverterFactory(
    // What is ours goes before what OpenCC has of the same length.
    [Object.entries(phrases), ...Locale.from.cn.flat()],
    Locale.to.hk.flat(),
    [Object.entries(printed)],
  )

/** Puts what Hong Kong calls a thing behind its first name in a text. */
function explainer({ explained, bare }: HongKongWords): Change {
  const names = [...bare, ...Object.keys(explained)].sort((a, b) => b.length - a.length)
  const name = new RegExp(names.join('|'), 'g')
  return (text) => {
    const told = new Set<string>()
    return text.replace(name, (found) => {
      const also = explained[found]
      if (also === undefined || told.has(found) || text.includes(also)) return found
      told.add(found)
      return `${found}（${also}）`
    })
  }
}
