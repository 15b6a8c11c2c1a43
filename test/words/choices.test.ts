import { describe, expect, test } from 'vitest'
import {
  answerHeard,
  choiceHeard,
  commandHeard,
  isEnoughHeard,
  nameHeard,
  normalized,
  numberHeard,
  phoneHeard,
  picksHeard,
  uncheckedHeard,
  yesNoHeard,
} from '../../flows/words/index.ts'
import { readLexicon } from '../../src/i18n/lexicon.ts'

const lexicon = readLexicon('zh-CN')
const cantonese = readLexicon('zh-HK')
const english = readLexicon('en')

describe('one way of writing', () => {
  test.for([
    ['　１．符合！！', '1.符合'],
    ['①', '1'],
    ['3️⃣', '3'],
    ['❹', '4'],
    ['〔符合〕', '符合'],
    ['沒有這個', '没有这个'],
    ['唔係', '不是'],
    ['符合。', '符合'],
    ['符合？？', '符合?'],
    ['符合。。。', '符合…'],
    ['“符合”', '“符合”'],
    ['-1', '-1'],
    ['\u200b有\ufeff', '有'],
    ['OK👌🏻', 'ok👌'],
  ] as const)('%s is %s', ([typed, plain]) => expect(normalized(typed, lexicon)).toBe(plain))
})

describe('one of several', () => {
  const options = [
    { key: 'next', label: '继续下一题' },
    { key: 'fixed', label: '已经改好，拍照' },
    { key: 'water', label: '我们用的是水性漆', words: ['水性'] },
    { key: 'no', label: '不是' },
  ]
  test.for([
    ['1', 'next'],
    ['②', 'fixed'],
    ['第三个', 'water'],
    ['选2', 'fixed'],
    ['四', 'no'],
    ['继续下一题', 'next'],
    ['继续', 'next'],
    ['继续吧', 'next'],
    ['继续下以题', 'next'],
    ['拍照', 'fixed'],
    ['已经改好', 'fixed'],
    ['水性', 'water'],
    ['不是', 'no'],
    ['不是的', 'no'],
    ['我们', 'water'],
  ] as const)('%s is %s', ([said, key]) => expect(choiceHeard(said, options, lexicon)).toBe(key))

  test.for(['5', '0', '12', '是', '改好', '不继续', '继续吗？', '随便', '', '-1', '1或2'])(
    '%s is none of them',
    (said) => {
      expect(choiceHeard(said, options, lexicon)).toBeUndefined()
    },
  )

  test('a negation is no misspelling, and a beginning that fits two is neither', () => {
    const alike = [
      { key: 'on', label: '现在通电' },
      { key: 'off', label: '没有通电' },
      { key: 'off2', label: '现在不通' },
    ]
    expect(choiceHeard('现在', alike, lexicon)).toBeUndefined()
    expect(choiceHeard('现没通电', alike, lexicon)).toBeUndefined()
    expect(choiceHeard('符合', [{ key: 'bad', label: '不符合' }], lexicon)).toBeUndefined()
  })
})

describe('any of several', () => {
  const options = [
    { key: 'painting', label: '喷漆、喷粉', words: ['喷漆', '喷粉', '烤漆'] },
    { key: 'dust', label: '打磨、抛光有粉尘', words: ['打磨', '抛光', '粉尘'] },
    { key: 'pits', label: '污水池、地坑、罐子', words: ['污水池', '地坑'] },
    { key: 'lifting', label: '行车、叉车、锅炉', words: ['行车', '叉车', '锅炉'] },
    { key: 'chemicals', label: '化学品仓库', words: ['化学品', '稀释剂'] },
    { key: 'dormitory', label: '宿舍和车间在一栋楼', words: ['宿舍'] },
  ]
  test.for([
    ['1、3和5', 'painting pits chemicals'],
    ['1 3 5', 'painting pits chemicals'],
    ['1,3,5', 'painting pits chemicals'],
    ['①③', 'painting pits'],
    ['①、③', 'painting pits'],
    ['135', 'painting pits chemicals'],
    ['13', 'painting pits'],
    ['一三五', 'painting pits chemicals'],
    ['一、三和五', 'painting pits chemicals'],
    ['有1和3', 'painting pits'],
    ['第1个和第3个', 'painting pits'],
    ['1号3号', ''],
    ['1-3', 'painting dust pits'],
    ['1到3', 'painting dust pits'],
    ['喷漆', 'painting'],
    ['有喷漆和叉车', 'painting lifting'],
    ['喷漆，打磨', 'painting dust'],
    ['喷漆打磨', 'painting dust'],
    ['我们厂有叉车，还有宿舍', 'lifting dormitory'],
    ['喷漆、喷粉', 'painting'],
    ['1，宿舍', 'painting dormitory'],
    ['1、3，其他没有', 'painting pits'],
    ['1和3都有', 'painting pits'],
    ['全部', 'painting dust pits lifting chemicals dormitory'],
    ['都有', 'painting dust pits lifting chemicals dormitory'],
    ['全都有', 'painting dust pits lifting chemicals dormitory'],
    ['宿舍和车间在一栋楼', 'dormitory'],
  ] as const)('%s picks %s', ([said, keys]) => {
    const heard = picksHeard(said, options, lexicon)
    expect(heard.picked.join(' ')).toBe(keys)
    expect(heard.none).toBe(false)
    expect(heard.unknown.length > 0).toBe(keys === '')
  })

  test.for([
    '都没有',
    '没有',
    '都没',
    '一个都没有',
    '以上都没有',
    '全都没有',
    '什么都没有',
    '我们厂都没有',
    '无',
    '都不涉及',
    '都没有啊',
  ])('%s picks none', (said) =>
    expect(picksHeard(said, options, lexicon)).toEqual({ picked: [], none: true, unknown: [] }),
  )

  test.for([
    '7',
    '0',
    '17',
    '113',
    '没有喷漆',
    '没有叉车有宿舍',
    '除了喷漆都有',
    '不知道',
    '随便',
    '都没有吗',
    '喷漆外包，没有',
    '1、9',
  ])('%s is not wholly understood', (said) => {
    const heard = picksHeard(said, options, lexicon)
    expect(heard.unknown.length).toBeGreaterThan(0)
    expect(heard.none).toBe(false)
  })

  test('a negated word is never a pick', () => {
    expect(picksHeard('没有喷漆，有叉车', options, lexicon)).toEqual({
      picked: ['lifting'],
      none: false,
      unknown: ['没有喷漆'],
    })
  })

  test('a longer word is not also the shorter one in it, and a word of two options is neither', () => {
    const furnaces = [
      { key: 'blastFurnace', label: '高炉' },
      { key: 'coalGas', label: '煤气（发生炉、高炉等）', words: ['高炉煤气'] },
      { key: 'cooling', label: '有色：水冷炉窑' },
      { key: 'gases', label: '有色：氯气' },
    ]
    expect(picksHeard('我们有高炉煤气', furnaces, lexicon).picked).toEqual(['coalGas'])
    expect(picksHeard('煤气（发生炉、高炉等）', furnaces, lexicon)).toEqual({
      picked: ['coalGas'],
      none: false,
      unknown: [],
    })
    expect(picksHeard('高炉和高炉煤气', furnaces, lexicon).picked).toEqual(['blastFurnace', 'coalGas'])
    expect(picksHeard('有色', furnaces, lexicon)).toEqual({ picked: [], none: false, unknown: ['有色'] })
    expect(picksHeard('没有煤气（发生炉）', furnaces, lexicon)).toMatchObject({
      picked: [],
      unknown: ['没有煤气(发生炉)'],
    })
  })

  test('thirteen is the thirteenth where there is one', () => {
    const many = Array.from({ length: 13 }, (_, at) => ({ key: `k${at + 1}`, label: `第${at + 1}样设备甲` }))
    expect(picksHeard('13', many, lexicon).picked).toEqual(['k13'])
    expect(picksHeard('1、3', many, lexicon).picked).toEqual(['k1', 'k3'])
    expect(picksHeard('13', many.slice(0, 12), lexicon)).toEqual({ picked: [], none: false, unknown: ['13'] })
    expect(picksHeard('十二', many, lexicon).picked).toEqual(['k12'])
  })

  test('in Cantonese and in English', () => {
    expect(picksHeard('都冇', options, cantonese).none).toBe(true)
    expect(picksHeard('1同埋3', options, cantonese).picked).toEqual(['painting', 'pits'])
    expect(picksHeard('none', options, english).none).toBe(true)
    expect(picksHeard('1 and 3', options, english).picked).toEqual(['painting', 'pits'])
    expect(picksHeard('all of them', options, english).picked).toHaveLength(6)
  })
})

describe('what is taken back', () => {
  const options = [
    { key: 'painting', label: '喷漆、刷漆', words: ['喷漆', '刷漆', '烤漆'] },
    { key: 'welding', label: '电焊', words: ['电焊', '气割'] },
    { key: 'forklifts', label: '叉车', words: ['叉车'] },
  ]
  test.for([
    ['去掉1', 'painting'],
    ['去掉1、3', 'painting forklifts'],
    ['去掉喷漆和叉车', 'painting forklifts'],
    ['取消第2个', 'welding'],
    ['不喷漆', 'painting'],
    ['没有喷漆', 'painting'],
    ['没有喷漆、刷漆', 'painting'],
    ['我们厂没有叉车', 'forklifts'],
    // Of the others of its words one may be missing, and the thing be there.
    ['不烤漆', ''],
    ['没有喷漆，有叉车', ''],
    ['去掉1和9', ''],
    ['去掉', ''],
    ['没有', ''],
    ['喷漆', ''],
    ['没有吗', ''],
  ] as const)('%s: %s', ([said, keys]) => expect(uncheckedHeard(said, options, lexicon).join(' ')).toBe(keys))

  test.for(['就这些', '就这几个', '没有别的了', '其他都没有', '没了'])('%s is enough', (said) =>
    expect(isEnoughHeard(said, lexicon)).toBe(true),
  )
  test.for(['有', '好的', '都没有', '还有叉车', '这些不对'])('%s is not', (said) =>
    expect(isEnoughHeard(said, lexicon)).toBe(false),
  )
  test('in Cantonese and in English', () => {
    expect(uncheckedHeard('冇叉車', options, cantonese)).toEqual(['forklifts'])
    expect(uncheckedHeard('remove 1 and 3', options, english)).toEqual(['painting', 'forklifts'])
    expect(isEnoughHeard("That's all", english)).toBe(true)
    expect(isEnoughHeard('就呢啲', cantonese)).toBe(true)
  })
})

describe('agreement', () => {
  test.for([
    '对',
    '对的',
    '是',
    '是的',
    '好',
    '好的',
    '嗯',
    '可以',
    '没问题',
    '没错',
    '同意',
    '我同意',
    '确认',
    'OK',
    '行',
    '对，是的',
    '对对对',
    '好的，可以',
    '👌',
  ])('%s agrees', (said) => expect(yesNoHeard(said, lexicon)).toBe('yes'))
  test.for([
    '不对',
    '不是',
    '不',
    '没有',
    '不同意',
    '错了',
    '不行',
    '不用',
    '换一个',
    'no',
    '先不',
    '晚点',
    '不是，不对',
    '还没',
  ])('%s refuses', (said) => expect(yesNoHeard(said, lexicon)).toBe('no'))
  test.for([
    '对吗',
    '是不是',
    '对不对',
    '符合',
    '不符合',
    '坏了',
    '1',
    '不清楚',
    '好像对',
    '应该是',
    '对，不是',
    '同意才怪',
    '不知道',
    '有',
    '',
    '对了',
  ])('%s does neither', (said) => expect(yesNoHeard(said, lexicon)).toBeUndefined())
  test.for([
    ['係', 'yes', cantonese],
    ['啱', 'yes', cantonese],
    ['好呀', 'yes', cantonese],
    ['唔係', 'no', cantonese],
    ['唔啱', 'no', cantonese],
    ['yes', 'yes', english],
    ['I agree', 'yes', english],
    ['no', 'no', english],
    ['not yet', 'no', english],
  ] as const)('%s: %s', ([said, verdict, words]) => expect(yesNoHeard(said, words)).toBe(verdict))
})

describe('a number', () => {
  test.for([
    ['38', 38, false],
    ['38人', 38, false],
    ['３８人', 38, false],
    ['38个人', 38, false],
    ['三十八', 38, false],
    ['三十八个', 38, false],
    ['三十八个人', 38, false],
    ['我们厂38人', 38, false],
    ['一共38个工人', 38, false],
    ['员工38人', 38, false],
    ['一百二', 120, false],
    ['一百二十', 120, false],
    ['一百零二', 102, false],
    ['一百二十人', 120, false],
    ['两百', 200, false],
    ['两千五', 2500, false],
    ['一万二', 12000, false],
    ['一千零五十', 1050, false],
    ['十', 10, false],
    ['十二', 12, false],
    ['二十', 20, false],
    ['1,200', 1200, false],
    ['1200平方米', 1200, false],
    ['1.5万', 15000, false],
    ['3千', 3000, false],
    ['五', 5, false],
    ['一', 1, false],
    ['0', 0, false],
    ['约40', 40, true],
    ['大约40人', 40, true],
    ['大概四十个', 40, true],
    ['40左右', 40, true],
    ['40人左右', 40, true],
    ['40多', 40, true],
    ['四十多个人', 40, true],
    ['四十来个', 40, true],
    ['不到50人', 50, true],
    ['差不多一百人', 100, true],
    ['38人吧', 38, true],
  ] as const)('%s is %d', ([said, value, approximate]) =>
    expect(numberHeard(said, lexicon)).toEqual({ value, approximate }),
  )
  test.for([
    '',
    '很多',
    '三五十',
    '二十七八个',
    '30-40',
    '30到40',
    '十几个',
    '几十',
    '两三个',
    '三八',
    '百二三',
    '没有',
    '12栋楼3层',
    '38岁的人10个',
    '人',
  ])('%s is no single number', (said) => expect(numberHeard(said, lexicon)).toBeUndefined())
  test('in English', () => {
    expect(numberHeard('about 40 people', english)).toEqual({ value: 40, approximate: true })
    expect(numberHeard('38 workers', english)).toEqual({ value: 38, approximate: false })
  })
})

describe('a name to sign with', () => {
  test.for([
    ['陈志强', '陈志强'],
    ['陳志強', '陳志強'],
    ['李明', '李明'],
    ['欧阳娜娜', '欧阳娜娜'],
    ['司马光', '司马光'],
    ['我叫陈志强', '陈志强'],
    ['我是王芳', '王芳'],
    ['姓名：张伟', '张伟'],
    ['签名：张伟', '张伟'],
    ['本人刘德华。', '刘德华'],
    [' 赵 ', undefined],
    ['黄小明', '黄小明'],
    ['何平', '何平'],
    ['马云', '马云'],
    ['高强', '高强'],
    ['陆小凤', '陆小凤'],
    ['伍思凯', '伍思凯'],
    ['阿卜杜拉·买买提', '阿卜杜拉·买买提'],
    ['迪丽热巴•迪力木拉提', '迪丽热巴•迪力木拉提'],
    ['John Smith', 'John Smith'],
    ['Chen Zhiqiang', 'Chen Zhiqiang'],
    ["Mary Ann O'Neil", "Mary Ann O'Neil"],
    ['Chen', 'Chen'],
    ['冼志强', '冼志强'],
    ['禤伟明', '禤伟明'],
    ['谌龙', '谌龙'],
    ['鄢颇', '鄢颇'],
    ['芦苇', '芦苇'],
    ['盘小妹', '盘小妹'],
    ['庹宗康', '庹宗康'],
    ['苑子文', '苑子文'],
    ['李知行', '李知行'],
    ['张好', '张好'],
    ['谢霆锋', '谢霆锋'],
    ['董建华', '董建华'],
    ['那英', '那英'],
    ['张无忌', '张无忌'],
    ['阿依古丽', '阿依古丽'],
    ['扎西', '扎西'],
    ['娜仁花', '娜仁花'],
  ] as const)('%s', ([said, name]) => expect(nameHeard(said, lexicon)).toBe(name))

  test.for([
    '同意',
    '我同意',
    '好的',
    '好',
    '确认',
    '已确认',
    '签署',
    '没问题',
    '可以',
    '是的',
    '对',
    '符合',
    '不知道',
    '继续',
    '暂停',
    '帮助',
    '安全员',
    '陈总',
    '王老板',
    '李经理',
    '张先生',
    '陈生签',
    '马上签',
    '马上',
    '明天签',
    '什么意思',
    '何时',
    '为什么',
    '怎么签',
    '签好了',
    '应该可以',
    '都可以',
    '和谐',
    '方便吗',
    '时间',
    '万一',
    '任何',
    '全部同意',
    '李',
    '1',
    '123',
    '13800138000',
    '同意陈志强',
    '陈志强同意',
    '强盛金属制品有限公司',
    'ok',
    'OK',
    'yes',
    'I agree',
    'agree and sign',
    '',
    '？',
    '上一题',
    '第14题',
    '成立',
    '白班',
    '通过',
    '江湖',
    '高兴',
    '那好',
    '都行',
    '还行',
    '随便',
    '拍照',
    '电焊',
    '喷漆',
    '老师',
    '多谢',
    '哈哈',
    '晚点',
    '辛苦',
    '要去',
    '李董',
    'thanks',
    'later',
  ])('%s is no name', (said) => expect(nameHeard(said, lexicon)).toBeUndefined())

  test.for(['I agree', 'yes please', 'start over', 'my boss', 'looks good'])('%s is no name in English', (said) =>
    expect(nameHeard(said, english)).toBeUndefined(),
  )
  test('introduced in English', () => expect(nameHeard('My name is John Smith', english)).toBe('John Smith'))
})

describe('a phone number', () => {
  test.for([
    ['13800138000', '13800138000'],
    ['138 0013 8000', '13800138000'],
    ['138-0013-8000', '13800138000'],
    ['+86 13800138000', '13800138000'],
    ['+8613800138000', '13800138000'],
    ['008613800138000', '13800138000'],
    ['8613800138000', '13800138000'],
    ['１３８００１３８０００', '13800138000'],
    ['我的电话是13800138000', '13800138000'],
    ['手机号：19912345678', '19912345678'],
    ['电话 13800138000。', '13800138000'],
    ['一三八零零一三八零零零', '13800138000'],
    ['0755-28912345', '0755-28912345'],
    ['0755 28912345', '0755-28912345'],
    ['(0755)28912345', '0755-28912345'],
    ['（0755）28912345', '0755-28912345'],
    ['075528912345', '0755-28912345'],
    ['+86-755-28912345', undefined],
    ['010-62345678', '010-62345678'],
    ['021-6234567', undefined],
    ['1380013800', undefined],
    ['138001380001', undefined],
    ['12800138000', undefined],
    ['28912345', undefined],
    ['没有电话', undefined],
    ['13800138000或13900139000', undefined],
    ['打13800138000找老王', undefined],
    ['', undefined],
  ] as const)('%s', ([said, phone]) => expect(phoneHeard(said, lexicon)).toBe(phone))
})

test('no repetition makes a pattern run away', () => {
  const options = [{ key: 'painting', label: '喷漆、喷粉', words: ['喷漆'] }]
  const question = { compliantAnswer: 'yes', excusable: true } as const
  const repeated = [
    '全部',
    '都',
    '没有',
    '我们',
    '我们厂里',
    '有',
    '1',
    '1,',
    '嗯',
    '请',
    '约',
    '员工',
    '的',
    '我叫',
    '一',
    'and ',
    '…',
    ' ',
  ]
  for (const words of [lexicon, cantonese, english])
    for (const text of repeated.flatMap((piece) => ['', 'X', '没', '吗'].map((end) => piece.repeat(500) + end))) {
      const begun = performance.now()
      answerHeard(text, question, words)
      answerHeard(text.slice(-60), question, words)
      commandHeard(text.slice(-30), words)
      choiceHeard(text, options, words)
      picksHeard(text, options, words)
      yesNoHeard(text, words)
      numberHeard(text, words)
      nameHeard(text, words)
      phoneHeard(text, words)
      expect(performance.now() - begun).toBeLessThan(2000)
    }
})
