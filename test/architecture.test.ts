import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * Who may import what of ours. A folder means all of it, a file only that file; `types of` means `import type`
 * only, `keys of` the keys of buttons besides types.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/message': [],
  'src/checklist': [],
  'src/enterprise': ['types of src/checklist'],
  'src/policy': ['src/checklist/schema.ts', 'src/checklist/yaml-file.ts'],
  'src/calendar': ['src/checklist/schema.ts', 'src/checklist/yaml-file.ts'],
  flows: [
    'src/checklist',
    'src/message',
    'src/enterprise',
    'src/calendar/dates.ts',
    'types of src/policy',
    'types of locales',
  ],
  'src/i18n': ['locales', 'flows/words/lexicon.ts'],
  'src/replies': [
    'src/checklist',
    'src/message',
    'src/i18n',
    'src/calendar/dates.ts',
    'types of src/policy',
    'types of src/rectification',
    'types of src/standardization',
    'flows',
  ],
  'src/storage': ['types of src/checklist', 'types of src/message'],
  'src/wecom': ['src/message'],
  'src/language-model': ['types of flows'],
  'src/reminders': [
    'src/storage',
    'src/checklist',
    'src/policy/policy.ts',
    'src/calendar/dates.ts',
    'src/replies',
    'src/i18n',
    'types of src/message',
  ],
  'src/rectification': ['src/storage', 'src/reminders', 'src/checklist', 'src/calendar/dates.ts'],
  'src/standardization': [
    'src/rectification',
    'src/reminders',
    'flows',
    'src/checklist',
    'src/policy',
    'src/calendar',
    'src/storage',
    'src/replies',
    'src/i18n',
    'src/message',
  ],
  'src/evidence': ['src/storage', 'src/message', 'src/wecom/errors.ts'],
  'src/documents': ['src/checklist', 'types of src/storage', 'types of src/replies'],
  'src/conversation': [
    'flows',
    'src/checklist',
    'src/message',
    'src/replies',
    'src/storage',
    'src/standardization',
    'src/rectification',
    'src/reminders',
    'src/calendar',
    'src/i18n',
    'types of src/policy',
    'types of src/language-model',
  ],
  'src/outbox': ['src/storage', 'src/wecom', 'src/message'],
  'src/http': [
    'src/wecom',
    'src/conversation',
    'src/message',
    'src/storage/health.ts',
    'src/storage/model-inquiries.ts',
    'types of src/storage',
  ],
  'src/console': [
    'src/standardization',
    'src/storage',
    'src/i18n',
    'src/calendar/dates.ts',
    'src/rectification',
    'src/documents',
    'src/replies/figures.ts',
    'src/replies/hazards.ts',
    'src/replies/state-title.ts',
    'types of flows',
    'types of src/checklist',
    'src/policy/policy.ts',
  ],
  'src/simulator': ['types of src/wecom', 'types of src/checklist'],
}

/** These put everything together. */
const mayImportEverything = [
  'src/main.ts',
  'src/serve.ts',
  'src/start.ts',
  'src/content.ts',
  'src/config.ts',
  'src/cli',
]

/** Packages that one part of the house knows and nobody else. */
const packagesAtHome: Readonly<Record<string, readonly string[]>> = {
  xstate: ['flows', 'src/conversation'],
  kysely: ['src/storage', 'src/cli'],
  'preact-render-to-string': ['src/console'],
  'better-sqlite3': ['src/storage'],
  pg: ['src/storage'],
  // The benchmark has a bare express server as a peer.
  express: ['src/http', 'src/console', 'src/simulator', 'src/start.ts', 'src/cli/bench'],
  i18next: ['src/i18n'],
  'js-yaml': ['src/checklist', 'src/i18n', 'src/cli/checklists'],
  '@wecom/crypto': ['src/wecom', 'src/simulator', 'src/cli/bench'],
  'fast-xml-parser': ['src/wecom'],
  'write-excel-file': ['src/documents'],
  docx: ['src/cli/checklists'],
  sharp: ['src/evidence'],
  'chinese-days': ['src/calendar'],
  'opencc-js': ['flows/words', 'src/cli/checklists'],
  'pinyin-pro': ['flows/words'],
  dotenv: ['src/serve.ts', 'src/cli'],
}

/** No I/O, no clock, no chance. */
const pureFolders = ['src/message', 'src/checklist', 'src/enterprise', 'src/policy', 'src/calendar', 'flows']
const loaders = [
  'src/checklist/load.ts',
  'src/checklist/publication.ts',
  'src/checklist/yaml-file.ts',
  'src/policy/load.ts',
  'src/calendar/load.ts',
]

/** Where the time of day may be asked for; everywhere else it comes in as a value. */
const clocks = ['src/serve.ts', 'src/start.ts', 'src/cli', 'src/simulator', 'src/wecom']

interface Import {
  /** Of the importing file. */
  readonly file: string
  /** A path from the root, or a package. */
  readonly target: string
  readonly isType: boolean
  /** What comes as more than a type. */
  readonly values: readonly string[]
}

const root = new URL('../', import.meta.url)

const files = ['src', 'flows']
  .flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((f) => `${folder}/${f}`),
  )
  .filter((file) => /\.tsx?$/.test(file))

const textOf = new Map(files.map((file) => [file, readFileSync(new URL(file, root), 'utf8')]))

const imports = [...textOf].flatMap(([file, text]) => importsIn(file, text))

function importsIn(file: string, text: string): Import[] {
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?(?:([^'";]*?)\sfrom\s+)?'([^']+)'/gm)
  const dynamic = text.matchAll(/\bimport\(\s*()()'([^']+)'/g)
  return [...statements, ...dynamic].map(([, type, names = '', from = '']) => ({
    file,
    target: from.startsWith('.') ? posix.join(posix.dirname(file), from) : from,
    isType: type !== undefined && type !== '',
    values: [...names.matchAll(/(type\s+)?(\w+)(\s+as\s+\w+)?/g)].flatMap(([, asType, name = '']) =>
      asType ? [] : [name],
    ),
  }))
}

/** `src/storage` of a file in it; the file itself where it stands in `src`. */
const folderOf = (file: string) => (file.startsWith('flows/') ? 'flows' : file.split('/').slice(0, 2).join('/'))

const isIn = (file: string, place: string) => file === place || file.startsWith(`${place}/`)

const isOurs = ({ target }: Import) => /^(src|flows|locales|checklists|test)\//.test(target)

function isAllowed({ target, isType, values }: Import, arrow: string): boolean {
  const [, kind, place = ''] = /^(?:(types|keys) of )?(.+)$/.exec(arrow) ?? []
  if (!isIn(target, place)) return false
  return kind === undefined || isType || (kind === 'keys' && values.every((name) => /(Keys|Fields)$/.test(name)))
}

const shown = ({ file, target, isType }: Import) => `${file} imports ${isType ? 'types of ' : ''}${target}`

describe('arrows point inward only', () => {
  test('every folder has its line in the table', () => {
    const known = [...Object.keys(mayImport), ...mayImportEverything]
    expect([...new Set(files.map(folderOf))].filter((folder) => !known.includes(folder))).toEqual([])
  })

  test.for(Object.entries(mayImport))('%s', ([folder, arrows]) => {
    const crossing = imports.filter((each) => isIn(each.file, folder) && isOurs(each) && !isIn(each.target, folder))
    expect(crossing.filter((each) => !arrows.some((arrow) => isAllowed(each, arrow))).map(shown)).toEqual([])
  })

  test('the code is read at all', () => {
    expect(imports.filter(isOurs).length).toBeGreaterThan(300)
    expect(imports.map(shown)).toContain('src/wecom/render.ts imports src/message/index.ts')
    expect(imports.map(shown)).toContain('flows/flow.ts imports types of src/policy/policy.ts')
  })
})

test.for(Object.entries(packagesAtHome))('%s stays where it is at home', ([name, homes]) => {
  const users = imports.filter(({ target }) => isIn(target, name))
  expect(users).not.toEqual([])
  expect(users.filter(({ file }) => !homes.some((home) => isIn(file, home))).map(shown)).toEqual([])
})

describe('what is pure stays pure', () => {
  const pure = files.filter((file) => pureFolders.some((folder) => isIn(file, folder)) && !loaders.includes(file))

  test('no I/O', () => {
    const touching = imports.filter(({ file, target }) => pure.includes(file) && /^node:/.test(target))
    expect(touching.map(shown)).toEqual([])
    expect(linesOf(pure, /\b(fetch\(|process\.|console\.)/)).toEqual([])
  })

  test('no chance', () => {
    expect(linesOf(pure, /Math\.random|randomUUID|crypto\./)).toEqual([])
  })
})

test('the time comes in as a value', () => {
  const others = files.filter((file) => !clocks.some((clock) => isIn(file, clock)))
  expect(linesOf(others, /Date\.now\(\)|new Date\(\)|performance\.now\(\)/)).toEqual([])
})

test('words are data: no Chinese in the code', () => {
  const others = files.filter((file) => !isIn(file, 'src/simulator'))
  expect(linesOf(others, /\p{Script=Han}/u)).toEqual([])
})

/** Lines of code, such as `src/start.ts:12 const …`. Comments and descriptions in schemas may quote the law. */
function linesOf(among: readonly string[], pattern: RegExp): string[] {
  return among.flatMap((file) =>
    codeOf(textOf.get(file) ?? '')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  )
}

/** Without comments and descriptions, line by line as it was. */
const codeOf = (text: string) =>
  text
    .replace(/^\s*\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, blank)
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, blank)
    .replace(/\.describe\(\s*'(?:\\.|[^'\\])*'/g, blank)

const blank = (text: string) => text.replace(/[^\n]/g, ' ')
