import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  answerHeard,
  askedAbout,
  changeHeard,
  notAskedAbout,
  questionHeard,
  requestHeard,
} from '../../flows/words/index.ts'
import { loadContent } from '../../src/content.ts'
import { languages } from '../../src/i18n/translator.ts'

const { library, lexicons, questions, changes } = loadContent()
const allFacts = library.siteProfile.groups.flatMap(({ facts }) => facts.map(({ id }) => id))

describe.for(languages)('questions in %s', (language) => {
  const lexicon = lexicons[language]
  const asked = waysIn(`questions.${language}.txt`)
  const hears = (said: string) => questionHeard(said, { questions: questions[language], lexicon })

  test.for(asked)('%s: %s', ([id, said]) => expect(hears(said)).toBe(id))

  test('every question is asked in its ways', () => {
    const least = language === 'zh-CN' ? 8 : 3
    const ways = (id: string) => asked.filter(([other]) => other === id).length
    expect(Object.keys(questions[language].questions).filter((id) => ways(id) < least)).toEqual([])
  })

  test('a question is no answer, no change and no wish', () => {
    const listening = { changes: changes[language], lexicon, siteProfile: library.siteProfile, industry: 'machinery' }
    const taken = asked.filter(
      ([, said]) =>
        answerHeard(said, { compliantAnswer: 'yes', excusable: true }, lexicon).kind === 'finding' ||
        changeHeard(said, { ...listening, facts: allFacts }) !== undefined ||
        changeHeard(said, { ...listening, facts: [] }) !== undefined ||
        requestHeard(said, listening) !== undefined,
    )
    expect(taken).toEqual([])
  })

  test('a question about a fact is none of the list', () => {
    const said = ['为什么不问叉车', '怎么没问喷漆的', '为什么问叉车', '怎么不问我们锅炉的事']
    expect(said.filter((each) => hears(each) !== undefined)).toEqual([])
  })
})

/** `[id]` and under it what is said, parted by ` / `. */
function waysIn(file: string): [id: string, said: string][] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .split(/^\[/m)
    .slice(1)
    .flatMap((section) => {
      const [id = '', ...lines] = section.split(/\]?\n/)
      return lines
        .flatMap((line) => line.split(' / '))
        .filter((said) => said !== '')
        .map((said): [string, string] => [id, said])
    })
}

describe('why a fact is asked about or not', () => {
  const listening = {
    siteProfile: library.siteProfile,
    names: changes['zh-CN'].names,
    questions: questions['zh-CN'],
    lexicon: lexicons['zh-CN'],
  }

  test.for([
    ['为什么不问叉车', 'forklifts'],
    ['为什么不问叉车？', 'forklifts'],
    ['怎么没问喷漆的', 'sprayPainting'],
    ['怎么不问我们锅炉的事', 'pressureVessels'],
    ['叉车为什么不问', 'forklifts'],
    ['叉车的怎么没问到啊', 'forklifts'],
    ['叉车没问吗', 'forklifts'],
    ['行车不用问吗', 'cranes'],
    ['怎么没有宿舍的题', 'dormitories'],
    ['你们为什么没问电焊', 'hotWork'],
    ['为啥不查食堂', 'kitchenGas'],
    ['那为什么不问喷漆房', 'sprayPainting'],
  ] as const)('%s: not asked about %s', ([said, fact]) => {
    expect(notAskedAbout(said, listening)).toBe(fact)
    expect(askedAbout(said, listening)).toBeUndefined()
  })

  test.for([
    ['为什么问叉车', 'forklifts'],
    ['为什么要问我叉车的事', 'forklifts'],
    ['凭什么查我们宿舍', 'dormitories'],
    ['锅炉为什么要问', 'pressureVessels'],
    ['怎么老问喷漆', 'sprayPainting'],
  ] as const)('%s: asked about %s', ([said, fact]) => {
    expect(askedAbout(said, listening)).toBe(fact)
    expect(notAskedAbout(said, listening)).toBeUndefined()
  })

  test.for([
    '为什么',
    '为什么问我这个',
    '叉车',
    '没有叉车',
    '叉车有证',
    '为什么不装报警器',
    '叉车没问题',
    '叉车为什么不能进',
  ])('%s: neither', (said) => {
    expect(askedAbout(said, listening)).toBeUndefined()
    expect(notAskedAbout(said, listening)).toBeUndefined()
  })
})

describe('an answer is never a question, a change or a wish', () => {
  const changesAlone = ['没有喷漆房', '我们没有叉车', '厂里没有锅炉啊']

  test.for([
    ['answers', answersIn('answers.zh-CN.txt')],
    ['sentences that do not say it', linesIn('never-conforming.txt').filter((said) => said !== '不符合会罚款吗')],
    ['questions of the checklists, and their statements', statements()],
  ] as const)('%s', ([, lines]) => {
    expect(lines.length).toBeGreaterThan(200)
    expect(lines.flatMap((said) => takenFor(said) ?? [])).toEqual([])
  })

  test('a bare lack of what is on record is a change, of what is not on record none', () => {
    const on = { ...listening(), facts: ['sprayPainting', 'forklifts', 'pressureVessels'] }
    for (const said of changesAlone) {
      expect(changeHeard(said, on)).toMatchObject({ kind: 'facts' })
      expect(changeHeard(said, { ...on, facts: [] })).toBeUndefined()
    }
  })

  test('a command stays a command, but for three that a question of the list answers as well', () => {
    const taken = commandLines().filter((said) => takenFor(said) !== undefined)
    expect(commandLines().length).toBeGreaterThan(150)
    expect(taken).toEqual(['还要多久', '还要多长时间', '什么时候有结果'])
  })

  function listening() {
    const [lexicon, words] = [lexicons['zh-CN'], changes['zh-CN']]
    return {
      changes: words,
      lexicon,
      siteProfile: library.siteProfile,
      industry: 'light-industry',
      facts: [] as string[],
    }
  }

  function takenFor(said: string): string | undefined {
    const heard = {
      question: questionHeard(said, { questions: questions['zh-CN'], lexicon: lexicons['zh-CN'] }),
      request: requestHeard(said, listening()),
      change: changeHeard(said, listening()),
      changeOnRecord: changesAlone.includes(said) ? undefined : changeHeard(said, { ...listening(), facts: allFacts }),
    }
    const [kind, found] = Object.entries(heard).find(([, found]) => found !== undefined) ?? []
    return kind && `${said}: ${kind} ${JSON.stringify(found)}`
  }
})

function linesIn(file: string): string[] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
}

function answersIn(file: string): string[] {
  return linesIn(file)
    .slice(1)
    .filter((line) => !line.startsWith('['))
    .flatMap((line) => line.split(' / '))
    .flatMap((entry) => entry.split(' => ')[0] || [])
}

/** What an item asks, said as a question, as a statement, and with the thing it is about there or not. */
function statements(): string[] {
  return [...library.published.values()]
    .flatMap(({ items }) => items)
    .flatMap(({ question, notApplicable, evidence }) => {
      const stated = question.replace(/吗[？?]?$|[？?]$/, '')
      const parts = stated.split(/[，：、]/)
      return [
        question,
        stated,
        ...parts,
        ...parts.filter((part) => part.length > 4).map((part) => `没${part}`),
        ...('mustShow' in evidence ? [evidence.mustShow] : []),
        ...(notApplicable ? [`有${notApplicable.reason}，做到了`, `${notApplicable.reason}有证，装了`] : []),
      ]
    })
}

/** What the tests of the commands say in zh-CN. */
function commandLines(): string[] {
  const table = readFileSync(new URL('commands.test.ts', import.meta.url), 'utf8')
  return [...table.matchAll(/\[\s*'[\w -]+',\s*lexicon,\s*'([^']+)'/g)].flatMap(([, said = '']) => said.split(' / '))
}

test('a question is understood in well under a fifth of a millisecond', () => {
  const spoken = linesIn('never-conforming.txt')
  const hear = (said: string) => questionHeard(said, { questions: questions['zh-CN'], lexicon: lexicons['zh-CN'] })
  for (const said of spoken) hear(said)
  const rounds = Array.from({ length: 5 }, () => {
    const begun = performance.now()
    for (const said of spoken) hear(said)
    return (performance.now() - begun) / spoken.length
  })
  expect(Math.min(...rounds)).toBeLessThan(0.2)
})
