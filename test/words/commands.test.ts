import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Command, commandHeard, type Lexicon } from '../../flows/words/index.ts'
import { readLexicon } from '../../src/i18n/lexicon.ts'

const lexicon = readLexicon('zh-CN')
const cantonese = readLexicon('zh-HK')
const english = readLexicon('en')

const table: [kind: string, lexicon: Lexicon, said: string][] = [
  ['menu', lexicon, '菜单 / 主菜单 / 打开菜单 / 目录 / 返回菜单 / 你好 / 您好 / menu'],
  ['help', lexicon, '帮助 / 请帮助 / 怎么用 / 你会什么 / 你能做什么 / 使用说明 / help'],
  [
    'progress',
    lexicon,
    '进度 / 看进度 / 查看进度 / 还有多少题 / 还剩几题 / 还有几道题 / 还要多久 / 还要多长时间 / 做到哪了 / 答到第几题了 / 第几题了 / 快完了吗 / 还剩多少',
  ],
  ['back', lexicon, '上一题 / 上一步 / 返回上一题 / 回上一题 / 返回 / 撤回 / 撤销 / 上一个 / 退回上一题 / 重选'],
  ['skip', lexicon, '跳过 / 先跳过 / 跳过这题 / 这题跳过 / 下一题 / 下一个 / 换一题 / 这题先不答 / pass / 先放着'],
  [
    'pause',
    lexicon,
    '暂停 / 先暂停 / 暂停一下 / 请暂停一下 / 我想暂停 / 休息一下 / 先休息一下 / 歇会儿 / 歇一会 / 等一下 / 等会儿 / 待会再说 / 晚点再弄 / 明天再答 / 先到这 / 今天就到这里吧 / 我有事 / 先忙 / 不答了 / 退出 / 停',
  ],
  ['resume', lexicon, '继续 / 继续答题 / 继续吧 / 接着来 / 接着答 / 我回来了 / 忙完了 / 可以继续了'],
  ['restart', lexicon, '重来 / 从头来 / 从头再来 / 重新开始 / 重新来 / 重做 / 重新答一遍 / 再来一次'],
  ['human', lexicon, '人工 / 转人工 / 人工客服 / 找客服 / 我要人工服务 / 找真人 / 客服电话 / 你们电话多少 / 联系方式'],
  [
    'explain',
    lexicon,
    '怎么看 / 怎么检查 / 这个怎么看 / 要怎么看 / 如何检查 / 什么意思 / 这是什么意思 / 啥意思 / 解释 / 解释一下 / 请解释一下 / 看不懂 / 没看懂 / 听不懂 / 不明白 / 什么叫有限空间 / 可燃气体报警器是什么 / 举个例子 / 教我 / 怎么才算符合 / ? / ？ / ？？',
  ],
  [
    'basis',
    lexicon,
    '依据 / 为什么 / 为什么问我这个 / 为啥问这个 / 凭什么 / 法律依据 / 依据是什么 / 哪条规定 / 哪里规定的 / 谁规定的 / 根据什么',
  ],
  ['answers', lexicon, '查看答案 / 看答案 / 看看我的答案 / 我的答案 / 我的回答 / 我答了什么 / 逐题查看 / 答题记录'],
  [
    'edit 14',
    lexicon,
    '修改第14题 / 修改第十四题 / 改第14题 / 改14题 / 改14 / 第14题改一下 / 第十四题答错了 / 第14题错了 / 我要改第14题 / 请修改第 14 题 / 回到第14题 / 返回第十四题 / 第十四题 / 修改第１４题 / 更正第14题 / 重答第14题',
  ],
  ['edit 3', lexicon, '修改第三题 / 改第3题 / 回到第三题 / 第3题'],
  ['correct', lexicon, '错了 / 发错了 / 刚才点错了 / 我选错了 / 按错了 / 打错了 / 手滑了'],
  ['correct last', lexicon, '上一题答错了 / 刚才那题我要改 / 前面那题错了'],
  ['correct last to nonconforming', lexicon, '刚才那题改成没有 / 上一题应该是不符合'],
  ['correct 3 to nonconforming', lexicon, '第3题改成不符合 / 把第三题改为没装'],
  ['correct 14 to conforming', lexicon, '改第14题为符合 / 第14题改成符合'],
  ['correct “灭火器”', lexicon, '灭火器那题我要改 / 灭火器那题答错了'],
  ['correct “灭火器” to nonconforming', lexicon, '灭火器那题改成没有'],
  ['language', lexicon, '语言 / 切换语言 / 换语言'],
  ['language en', lexicon, '英文 / 英语 / English / 切换英文 / 换成英文 / 讲英文'],
  ['language zh-CN', lexicon, '中文 / 简体 / 简体中文 / 普通话 / 换回中文'],
  ['language zh-HK', lexicon, '繁体 / 繁體中文 / 粤语 / 广东话 / 切换到繁体'],
  [
    'status',
    lexicon,
    '状态 / 申报状态 / 办到哪一步了 / 办到哪一步 / 审到哪了 / 审核了吗 / 批了吗 / 通过了吗 / 有结果了吗 / 有结果吗 / 什么时候有结果 / 审核结果 / 受理编号 / 查询状态',
  ],
  ['start', lexicon, '开始 / 开始吧 / 开始自评 / 我要申报 / 同意，开始 / 现在开始'],
  ['skip', cantonese, '跳過 / 下一題 / 跳過佢'],
  ['back', cantonese, '上一題 / 返去上一題'],
  ['pause', cantonese, '暫停 / 停一停先 / 等陣 / 唔得閒'],
  ['explain', cantonese, '點睇 / 點樣檢查 / 乜意思 / 咩意思 / 唔明 / 睇唔明'],
  ['basis', cantonese, '點解 / 點解問我呢個 / 依據'],
  ['progress', cantonese, '進度 / 仲有幾多題'],
  ['edit 14', cantonese, '修改第14題 / 改返第十四題'],
  ['human', cantonese, '搵真人 / 人工 / 轉人工'],
  ['status', cantonese, '批咗未 / 有結果未'],
  ['menu', english, 'menu / main menu / hello'],
  ['help', english, 'help / help me'],
  ['progress', english, 'progress / how many left / how long left'],
  ['back', english, 'back / go back / undo / previous question'],
  ['skip', english, 'skip / skip this / next / pass'],
  ['pause', english, "pause / stop / later / take a break / I'm busy / please pause"],
  ['resume', english, "continue / resume / I'm back / carry on"],
  ['restart', english, 'restart / start over'],
  ['human', english, 'human / talk to a human / customer service'],
  ['explain', english, 'explain / what does it mean / how do I check / I don’t understand / what is this'],
  ['basis', english, 'why / why? / why do you ask / legal basis'],
  ['answers', english, 'my answers / show my answers'],
  ['correct', english, 'oops / wrong answer / I made a mistake'],
  ['correct 3 to nonconforming', english, 'change question 3 to not compliant'],
  ['correct', cantonese, '撳錯咗 / 答錯咗'],
  ['edit 14', english, 'edit 14 / change question 14 / go to question 14 / question 14'],
  ['language zh-CN', english, 'Chinese / 中文'],
  ['language', english, 'language / change language'],
  ['status', english, 'status / where is my application'],
  ['start', english, 'start / begin / agree and start'],
]

const rows = table.flatMap(([kind, words, said]) =>
  said
    .split(' / ')
    .filter((entry) => !entry.includes(' => '))
    .map((entry): [said: string, kind: string, words: Lexicon] => [entry, kind, words]),
)

test.for(rows)('%s is %s', ([said, kind, words]) => {
  expect(shown(commandHeard(said, words))).toBe(kind)
})

describe('no command swallows an answer', () => {
  const answers = (['zh-CN', 'zh-HK', 'en'] as const).flatMap((language) =>
    readFileSync(new URL(`answers.${language}.txt`, import.meta.url), 'utf8')
      .split(/\[(?:finding|absence|unclear|confirm)[^\]]*\]\n/)
      .slice(1)
      .flatMap((section) => section.split(/\n\[/)[0]?.split(/ \/ |\n/) ?? [])
      .map((entry): [string, 'zh-CN' | 'zh-HK' | 'en'] => [entry.split(' => ')[0] ?? '', language]),
  )

  test('there are hundreds of them', () => expect(answers.length).toBeGreaterThan(500))
  test.for(answers)('%s', ([said, language]) => {
    expect(commandHeard(said, readLexiconOnce(language))).toBeUndefined()
  })
})

test.for([
  '暂停使用了',
  '跳过电工证',
  '下一题符合',
  '帮助工人培训',
  '继续用',
  '上一题符合',
  '菜单旁边',
  '停了',
  '重来没有',
  '进度不符合',
  '改第14题为随便',
  '刚才那题改成应该有吧',
  '灭火器那题怎么看',
  '第0题',
  '修改第题',
  '修改',
  '没有依据',
  '开始没有后来有了',
  '人工通风',
  '人工搬的',
  '状态正常',
  '状态良好',
  '',
])('more than a command, or none: %s', (said) => expect(commandHeard(said, lexicon)).toBeUndefined())

const lexicons = { 'zh-CN': lexicon, 'zh-HK': cantonese, en: english }
const readLexiconOnce = (language: keyof typeof lexicons) => lexicons[language]

function shown(command: Command | undefined): string | undefined {
  if (command?.kind === 'edit') return `edit ${command.number}`
  if (command?.kind === 'correct') {
    const { which, to } = command
    const item = typeof which === 'object' ? `“${which.words}”` : which
    return ['correct', ...(item === undefined ? [] : [item]), ...(to === undefined ? [] : ['to', to])].join(' ')
  }
  return command?.kind === 'language' && command.to ? `language ${command.to}` : command?.kind
}
