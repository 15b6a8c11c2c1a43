import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { composedRefs, profileGroups } from '../src/checklist/checklist.ts'
import { missingPhotos, photosToCome } from '../src/checklist/photos.ts'
import { letters, majorHazards, progressOf } from '../src/checklist/rules.ts'
import { loadContent } from '../src/content.ts'
import { type Dice, dice, openVisit, type Sight, tap, text, type Visit } from './support/random-owner.ts'

/** Which photos are drawn hangs on an id that is drawn by lot. */
beforeAll(() => {
  let drawn = 0
  vi.spyOn(crypto, 'randomUUID').mockImplementation(
    () => `00000000-0000-4000-8000-${String(++drawn).padStart(12, '0')}`,
  )
  syncBuiltinESMExports()
})
afterAll(() => {
  vi.restoreAllMocks()
  syncBuiltinESMExports()
})

const content = loadContent()
/** Few, so that it takes a minute on a busy machine; `OWNERS=50 ACTIONS=500` for the whole of it. */
const { OWNERS = '10', ACTIONS = '300' } = process.env
const seeds = Array.from({ length: Number(OWNERS) }, (_, index) => index + 1)

const trades: readonly (readonly [industry: string, words: string])[] = [
  ['machinery', '做铁架子的'],
  ['machinery', '电镀'],
  ['light-industry', '木家具'],
  ['textile', '做衣服的'],
  ['commerce', '超市仓库'],
  ['lithium-battery', '电池PACK'],
]

test.for(seeds)('owner %i gets nowhere that a careful one could not go on from', async (seed) => {
  const visit = await openVisit(content, seed % 5 === 0 ? 'national-2021' : 'shenzhen-trial')
  try {
    const chance = dice(seed)
    await enrol(visit, chance)
    let before = await visit.look()
    let announced = whatIsAnnounced(before)
    for (let action = 0; action < Number(ACTIONS) && before.flow !== 'home'; action++) {
      const { may } = await act(visit, before, chance)
      const after = await visit.look()
      held(visit, after, may)
      if (after.facts !== before.facts || !before.walk) announced = whatIsAnnounced(after)
      if (after.walk) heldToAnnouncement(after.walk, announced)
      before = after
    }
    await finish(visit)
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}\n${tail(visit)}`, { cause: error })
  } finally {
    await visit.close()
  }
})

const tail = ({ transcript }: Visit) => transcript.slice(-16).join('\n')

async function enrol(visit: Visit, chance: Dice) {
  const [industry, trade] = chance.oneOf(trades)
  const words = ['你好', '同意，开始', '91440300MA5FABCD1Q', '强盛金属制品有限公司', '横岗', trade]
  for (const line of words) await visit.send(text(line))
  await visit.send(text('对'))
  for (const line of [`${chance.oneOf([3, 18, 49, 50, 120])}人`, '陈志强', '13812345678']) await visit.send(text(line))
  const density = chance.oneOf([0, 0, 0.05, 0.1, 0.2])
  const offered = profileGroups(content.library.siteProfile, industry).flatMap(({ facts }) => facts.map(({ id }) => id))
  const ticked = offered.filter(() => chance.chance(density))
  for (let steps = 0; steps < 10; steps++) {
    const { flow, prompt } = await visit.look()
    if (flow === 'selfAssessment' || !prompt) break
    if (prompt.kind === 'choice') await visit.send(tap(prompt, ['enrolment.confirmed']))
    else {
      const keys = prompt.options.map(({ key }) => key).filter((key) => ticked.includes(key))
      await visit.send(tap(prompt, keys.length > 0 ? keys : ['none']))
    }
  }
  const { flow, walk } = await visit.look()
  expect([flow, walk !== undefined]).toEqual(['selfAssessment', true])
}

interface Announced {
  readonly questions: number
  readonly photos: number
}

function whatIsAnnounced({ walk }: Sight): Announced {
  if (!walk) return { questions: 0, photos: 0 }
  const { checklist, context } = walk
  const blank = letters.unanswered.repeat(checklist.items.length)
  return {
    questions: progressOf(checklist, context.sheet, -1).total,
    photos: photosToCome(checklist, {
      sheet: blank,
      firstSheet: blank,
      photos: {},
      drawn: context.drawn,
      spared: context.spared,
    }),
  }
}

function heldToAnnouncement({ checklist, context }: NonNullable<Sight['walk']>, { questions, photos }: Announced) {
  const { number, total, left } = progressOf(checklist, context.sheet, context.position)
  expect(total).toBe(questions)
  expect(number).toBeLessThanOrEqual(questions)
  expect(left).toBeLessThanOrEqual(questions)
  expect(missingPhotos(checklist, context).length).toBeLessThanOrEqual(photos)
}

/** What must be so after whatever was done. */
function held(visit: Visit, after: Sight, may: Mays) {
  expect(visit.problems).toEqual([])
  if (!after.walk) return
  const { checklist, context, recorded, news } = after.walk
  expect(context.sheet, 'the bookmark says what is on record').toBe(recorded)
  expect(checklist.items.map(({ ref }) => ref)).toEqual(
    composedRefs(content.library, JSON.parse(after.facts), '2026-11-24'),
  )
  const { awaited } = context
  if (after.flow === 'selfAssessment')
    expect(
      awaited.filter(({ id }) => !after.walk?.fetching.includes(id)),
      'what has arrived is not waited for',
    ).toEqual([])
  if (!may.conform) expect(news, 'nobody said 符合').not.toContain('conforming')
  if (!may.mend) expect(news, 'nobody said 改好了').not.toContain('rectified')
}

interface Mays {
  readonly conform?: boolean
  readonly mend?: boolean
}

/** One thing that an owner may do, and what it may put on record. */
async function act(visit: Visit, sight: Sight, chance: Dice): Promise<{ may: Mays }> {
  const { prompt, walk, state } = sight
  const total = walk?.checklist.items.length ?? 40
  const number = () => chance.below(total + 3) + 1
  const item = walk?.checklist.items[walk.context.position]
  const asks = ['asking', 'lookingCloser', 'confirming'].includes(state)
  const corrects = state === 'confirmingCorrection' && walk?.context.correcting?.to === 'conforming'
  const say = async (words: string, may: Mays = {}) => {
    await visit.send(text(words))
    return { may }
  }
  /** As buttons and as numbers. Only nobody signs. */
  const options = (prompt?.options ?? []).filter(({ key }) => !key.startsWith('signer.') && key !== 'commitment.signed')
  const mayOf = (key: string): Mays => ({
    conform: key === 'answer.conforming' || (key === 'correction.confirmed' && corrects),
    mend: key === 'rectification.confirmed',
  })

  if (sight.flow === 'enrolment' && chance.chance(0.7)) return say(particular(state, chance))
  switch (chance.oneOf(moves)) {
    case 'tap': {
      if (!prompt || options.length === 0) return say('嗯')
      if (prompt.kind === 'pick') {
        await visit.send(
          tap(
            prompt,
            options.map(({ key }) => key).filter(() => chance.chance(0.15)),
          ),
        )
        return { may: {} }
      }
      const { key } = chance.oneOf(options)
      await visit.send(tap(prompt, [key]))
      return { may: mayOf(key) }
    }
    case 'number': {
      const at = chance.below(5)
      const key = prompt?.kind === 'choice' ? (prompt.options[at]?.key ?? '') : ''
      if (key.startsWith('signer.')) return say('嗯')
      return say(chance.oneOf([`${at + 1}`, `选${at + 1}`, `${at + 1}。`]), mayOf(key))
    }
    case 'conform':
      return say(chance.oneOf(['符合', '符合的', '都做到了', '已经装好了，都能用']), { conform: asks || corrects })
    case 'yes':
      return say(chance.oneOf(['对', '是的', '好的', '有', '嗯']), {
        conform: asks || corrects,
        mend: state === 'confirmingRectified',
      })
    case 'no':
      return say(chance.oneOf(['没有', '不是', '还没', '没装', '不对']), {
        conform: asks && item?.compliantAnswer === 'no',
      })
    case 'deny':
      return say(chance.oneOf(['不符合', '不清楚', '没有这个', '跳过', '只有一部分做到了', '坏了']))
    case 'photo':
      await visit.send({ type: 'image', mediaId: `photo-${chance.below(1e6)}` })
      return { may: {} }
    case 'settle':
      await visit.settle(chance.chance(0.75) ? 'stored' : 'lost', (count) => chance.below(count))
      return { may: {} }
    case 'again':
      await visit.sendAgain()
      return { may: {} }
    case 'house':
      visit.restart()
      return { may: {} }
    case 'move':
      return say(
        chance.oneOf([`刚才那张照片是第${number()}题的`, '刚才那张照片不要了', '照片发错了，删掉', '有哪些照片']),
      )
    case 'way':
      return say(
        chance.oneOf([
          '上一题',
          `修改第${number()}题`,
          '暂停',
          '继续',
          '进度',
          '看看答案',
          '怎么看',
          '依据',
          '从头再来',
        ]),
      )
    case 'correct':
      return say(
        chance.oneOf([
          `第${number()}题改成不符合`,
          `第${number()}题应该是符合`,
          '上一题答错了，是不符合',
          '刚才那题不对',
          `第${number()}题没有这个`,
        ]),
        // The number of the item in hand: an answer to it.
        { conform: asks },
      )
    case 'change': {
      const { facts } = chance.oneOf(content.library.siteProfile.groups)
      const fact = chance.oneOf(facts)
      const named = fact.words[0] ?? fact.label
      return say(chance.oneOf([`我们新买了${named}`, `没有${named}了`, `${named}卖掉了`, `我们现在也有${named}`]))
    }
    case 'particulars':
      return say(chance.oneOf(['修改登记', '人数改一下', '我们现在60人了', '我们搬家了', '换了联系人', '公司改名了']))
    case 'date':
      return say(chance.oneOf(['12月20日前改好', '下周五改好', '三天后能改好', '2020年1月1日']))
    case 'ask':
      return say(
        chance.oneOf([
          '为什么要问这个',
          '要多少钱',
          '多久有结果',
          '为什么没有问叉车',
          '不达标会怎样',
          '重大隐患有哪些',
        ]),
      )
    case 'nonsense':
      return say(
        chance.oneOf(['哈哈哈', '？', '今天天气不错', 'asdf', '😂', '1234567', '那个谁说的来着', '。', '第三方']),
      )
    case 'other':
      await visit.send(
        chance.oneOf([
          { type: 'voice', mediaId: 'voice', format: 'amr' } as const,
          { type: 'entered' } as const,
          {
            type: 'cardTap',
            taskId: 'old-1',
            key: 'answer.conforming',
            cardType: 'button_interaction',
            responseCode: 'c',
            selections: [],
          } as const,
          { type: 'menuTap', key: 'answer.unheard' } as const,
        ]),
      )
      return { may: {} }
  }
}

/** How often each is done. */
const moves = Object.entries({
  tap: 26,
  number: 16,
  conform: 10,
  yes: 4,
  no: 4,
  deny: 5,
  photo: 8,
  settle: 7,
  again: 1,
  house: 2,
  move: 3,
  way: 8,
  correct: 4,
  change: 4,
  particulars: 1,
  date: 1,
  ask: 2,
  nonsense: 3,
  other: 2,
} as const).flatMap(([move, often]) => Array.from({ length: often }, () => move as Move))

type Move =
  | 'tap'
  | 'number'
  | 'conform'
  | 'yes'
  | 'no'
  | 'deny'
  | 'photo'
  | 'settle'
  | 'again'
  | 'house'
  | 'move'
  | 'way'
  | 'correct'
  | 'change'
  | 'particulars'
  | 'date'
  | 'ask'
  | 'nonsense'
  | 'other'

/** What is told where the particulars are put right. */
function particular(state: string, chance: Dice): string {
  switch (state) {
    case 'askingHeadcount':
      return chance.oneOf(['12人', '49', '50', '260人'])
    case 'askingName':
    case 'doubtingName':
      return chance.oneOf(['新强盛五金制品有限公司', '对'])
    case 'askingDistrict':
      return chance.oneOf(['龙华', '坂田'])
    case 'askingIndustry':
      return chance.oneOf(trades)[1]
    case 'askingContact':
      return '李大海'
    case 'askingPhone':
      return '13900000000'
    case 'askingFacts':
      return chance.oneOf(['都没有', '1、3', '2', '对'])
    default:
      return chance.oneOf(['1', '2', '3', '对', '改好了，接着答', '不改了'])
  }
}

/** A careful owner takes over and comes to the filed application, or to what truly blocks it. */
async function finish(visit: Visit) {
  while (await visit.settle('stored', () => 0)) {}
  for (let step = 0; step < 400; step++) {
    const sight = await visit.look()
    if (sight.flow === 'home') return
    const { state, walk } = sight
    if (state === 'belowMinimum') {
      expect(walk && majorHazards(walk.checklist, walk.context.sheet)).toEqual([])
      return
    }
    const move = careful(sight)
    if (move === 'photo') {
      await visit.send({ type: 'image', mediaId: `last-${step}` })
      await visit.settle('stored', () => 0)
    } else await visit.send(move)
    const after = await visit.look()
    held(visit, after, { conform: true, mend: true })
  }
  const { state, walk } = await visit.look()
  throw new Error(`The careful owner does not get on: ${state} ${walk?.context.sheet}`)
}

function careful({ state, prompt, walk, flow }: Sight): ReturnType<typeof text> | 'photo' {
  const pressed = (...keys: string[]) => {
    const key = keys.find((each) => prompt?.options.some((option) => option.key === each))
    return prompt && key ? tap(prompt, [key]) : undefined
  }
  if (flow === 'enrolment') return pressed('changes.dropped', 'enrolment.confirmed') ?? text('上一题')
  switch (state) {
    case 'rectifying':
    case 'awaitingPhoto':
      return 'photo'
    case 'committing':
      return text(JSON.stringify(walk).includes('李大海') ? '李大海' : '陈志强')
    case 'blocked':
      return pressed('rectification.begun', 'answer.reconsidered') ?? text('1')
    default:
      return (
        pressed(
          'answer.conforming',
          'rectification.confirmed',
          'rectification.deferred',
          'answer.reconsidered',
          'change.dismissed',
          'correction.dismissed',
          'summary.accepted',
          'signer.head',
          'walk.resumed',
        ) ?? text('继续')
      )
  }
}
