import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { answerHeard, commandHeard, requestHeard } from '../flows/words/index.ts'
import { readChanges } from '../src/i18n/changes.ts'
import { readLexicon } from '../src/i18n/lexicon.ts'
import { type Language, languages } from '../src/i18n/translator.ts'
import { BUTTON_CHARS } from '../src/wecom/limits.ts'

const root = new URL('../', import.meta.url)
const namespaces = ['bot', 'notices', 'hazards', 'desk', 'console'] as const
type Namespace = (typeof namespaces)[number]

/** Every phrase by its key, such as `walk.recorded.major`. */
type Phrases = ReadonlyMap<string, string>

const phrases = (language: Language, namespace: Namespace): Phrases =>
  new Map(leaves(JSON.parse(readFileSync(new URL(`locales/${language}/${namespace}.json`, root), 'utf8'))))

function leaves(words: object, path: readonly string[] = []): [key: string, phrase: string][] {
  return Object.entries(words).flatMap(([name, value]) => {
    const key = [...path, name]
    return typeof value === 'string' ? [[key.join('.'), value]] : leaves(value, key)
  })
}

/** i18next looks for `key_one` or `key_other` where a count is given; languages differ in which they have. */
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')

const keysOf = (words: Phrases) => [...new Set([...words.keys()].map(withoutPlural))].sort()

const placeholdersOf = (phrase: string) => [...new Set(phrase.match(/(?<=\{\{)[^{}]*(?=\}\})/g))].sort()

/** All that is ever said. */
const allPhrases = languages.flatMap((language) =>
  namespaces.flatMap((namespace) =>
    [...phrases(language, namespace)].flatMap(([key, phrase]) => ({ language, namespace, key, phrase })),
  ),
)

describe.for(namespaces)('%s.json', (namespace) => {
  const source = phrases('zh-CN', namespace)

  test.for(['en', 'zh-HK'] as const)('%s has the keys of zh-CN, no more and no less', (language) => {
    expect(keysOf(phrases(language, namespace))).toEqual(keysOf(source))
  })

  test.for(['en', 'zh-HK'] as const)('%s has the placeholders of zh-CN', (language) => {
    const words = phrases(language, namespace)
    const differing = [...words].filter(([key, phrase]) => {
      const original = source.get(key) ?? source.get(`${withoutPlural(key)}_other`) ?? source.get(withoutPlural(key))
      return String(placeholdersOf(phrase)) !== String(placeholdersOf(original ?? ''))
    })
    expect(Object.fromEntries(differing)).toEqual({})
  })

  test('every key is used', () => {
    const prefix = namespace === 'bot' ? '' : `${namespace}:`
    expect(keysOf(source).filter((key) => !isUsed(prefix + key))).toEqual([])
  })
})

/** A key stands in the code as a string, or as a template such as `element.${element}`. */
const isUsed = (key: string) => keyForms.some((form) => form.test(key))

const codeFiles = ['src/', 'flows/']
  .flatMap((folder) => readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((f) => folder + f))
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))

const textOf = (file: string) => readFileSync(new URL(file, root), 'utf8')

const keyForms = codeFiles
  .flatMap((file) => textOf(file).match(/(?<=['`])(\w+[:.])([\w.]|\$\{[^}]*\})+(?=['`])/g) ?? [])
  .map(
    (literal) =>
      new RegExp(
        `^${literal
          .replace(/\$\{[^}]*\}/g, '*')
          .replaceAll('.', '\\.')
          .replaceAll('*', '[\\w.]+')}$`,
      ),
  )

/** What a card's link is called stands in the code as its title. */
const linkTitles = new Set(
  codeFiles.flatMap((file) =>
    Array.from(textOf(file).matchAll(/link: \{ title: (?:t\()?'([\w:.]+)'/g), ([, key = '']) => key),
  ),
)

const isLink = ({ namespace, key }: { namespace: Namespace; key: string }) => linkTitles.has(`${namespace}:${key}`)

const isLabel = ({ key }: { key: string }) => /(^|\.)button\./.test(key) || key.startsWith('enrolment.field.')

test('labels fit on the buttons of a card', () => {
  const labels = allPhrases.filter(isLabel)
  expect(labels.length).toBeGreaterThan(100)
  expect(labels.filter(({ phrase }) => !phrase.includes('{{') && phrase.length > BUTTON_CHARS)).toEqual([])
})

test('nothing is empty or has blanks around it', () => {
  const spacing = [
    'screen.gap',
    'screen.comma',
    'transcript.bot',
    'transcript.owner',
    'screen.semicolon',
    'comma',
    'line.semicolon',
  ]
  const untidy = allPhrases.filter(({ key, phrase }) => phrase.trim() !== phrase && !spacing.includes(key))
  expect([...untidy, ...allPhrases.filter(({ phrase }) => phrase === '')]).toEqual([])
})

describe.for([
  ['zh-CN', /(?<=点“)[^”{]+(?=”)/g],
  ['zh-HK', /(?<=[按點]「)[^」{]+(?=」)/g],
  ['en', /(?<=[Tt]ap “)[^”{]+(?=”)/g],
] as const)('what %s tells people to tap', ([language, named]) => {
  test('is a button', () => {
    const own = allPhrases.filter((each) => each.language === language)
    const buttons = own.filter((each) => isLabel(each) || isLink(each)).map(({ phrase }) => phrase)
    const answers = readFileSync(new URL(`locales/${language}/questions.yaml`, root), 'utf8')
    const told = [...own.map(({ phrase }) => phrase), answers].flatMap((text) => text.match(named) ?? [])
    expect(told.length).toBeGreaterThan(5)
    expect(told.filter((label) => !buttons.includes(label))).toEqual([])
  })
})

describe('tone', () => {
  test.for([
    ['no exclamation marks', /[!！]/],
    ['nothing official', /请您务必|温馨提示|請您務必|溫馨提示|kindly|dear user/i],
    ['no Chinese punctuation in English', /[，。；：？（）]/, 'en'],
  ] as const)('%s', ([, mark, only]) => {
    expect(allPhrases.filter(({ language, phrase }) => mark.test(phrase) && (only ?? language) === language)).toEqual(
      [],
    )
  })
})

describe.for(languages)('what %s tells people to say is understood', (language) => {
  const words = phrases(language, 'bot')
  const lexicon = readLexicon(language)

  test.for([
    ['button.conforming', { kind: 'finding', finding: 'conforming' }],
    ['button.nonconforming', { kind: 'finding', finding: 'nonconforming' }],
    ['button.unclear', { kind: 'unclearAnswer' }],
  ] as const)('%s, typed', ([key, expected]) => {
    expect(answerHeard(words.get(key) ?? '', { compliantAnswer: 'yes', excusable: true }, lexicon)).toEqual(expected)
  })

  test('the label of an absence, typed, is never taken for compliant', () => {
    const heard = answerHeard(
      words.get('button.notApplicable') ?? '',
      { compliantAnswer: 'yes', excusable: true },
      lexicon,
    )
    expect([{ kind: 'absence' }, { kind: 'finding', finding: 'notApplicable' }]).toContainEqual(heard)
  })

  test.for([
    'walk.evidence.again',
    'walk.commitment',
    'walk.begun',
    'enrolment.claim.refusedForGood',
    'home.postponed',
    'engine.whichLanguage',
  ])('%s', (key) => {
    const quoted = words.get(key)?.match(/(?<=[“「])[^”」]+/g) ?? []
    expect(quoted).not.toEqual([])
    const listening = { lexicon, changes: readChanges(language) }
    const notUnderstood = quoted
      .map((said) => said.replace('{{number}}', '3'))
      .filter((said) => !commandHeard(said, lexicon) && !requestHeard(said, listening))
    expect(notUnderstood).toEqual([])
  })

  test('every command of the help', () => {
    const said = ['engine.help', 'engine.helpBefore'].flatMap(
      (key) => words.get(key)?.match(/(?<=[“「])[^”」]+/g) ?? [],
    )
    expect(said.length).toBeGreaterThan(8)
    expect(said.filter((command) => !commandHeard(command, lexicon))).toEqual([])
  })
})
