import { describe, expect, test } from 'vitest'
import { contactNameHeard, enterpriseNameHeard, phoneHeard, signatureHeard } from '../../flows/words/index.ts'
import { readLexicon } from '../../src/i18n/lexicon.ts'

const lexicon = readLexicon('zh-CN')
const english = readLexicon('en')
const cantonese = readLexicon('zh-HK')

describe('D18: the name of an enterprise', () => {
  test.for<[string, string]>([
    ['强盛金属制品有限公司', '强盛金属制品有限公司'],
    ['叫强盛金属制品有限公司', '强盛金属制品有限公司'],
    ['我们厂叫强盛金属制品有限公司', '强盛金属制品有限公司'],
    ['我们这里叫强盛五金厂', '强盛五金厂'],
    ['代码是91440300708461136T，名字强盛金属制品有限公司', '强盛金属制品有限公司'],
    ['公司名称：深圳市强盛金属制品有限公司。', '深圳市强盛金属制品有限公司'],
    ['全称是 深圳市ABC科技有限公司', '深圳市ABC科技有限公司'],
    ['营业执照上写的是强盛金属制品有限公司', '强盛金属制品有限公司'],
    ['强盛金属制品有限公司，谢谢', '强盛金属制品有限公司'],
    ['深圳市强盛（龙岗）有限公司', '深圳市强盛（龙岗）有限公司'],
    ['老王五金店', '老王五金店'],
    // What looks like a form of address may be the name itself.
    ['叫花鸡食品有限公司', '叫花鸡食品有限公司'],
    ['为民五金厂', '为民五金厂'],
    ['新名字服饰有限公司', '新名字服饰有限公司'],
    ['不锈钢之家制品厂', '不锈钢之家制品厂'],
    ['ABC Electronics Co., Ltd.', 'ABC Electronics Co., Ltd.'],
  ])('%s: %s', ([said, name]) => expect(enterpriseNameHeard(said, lexicon)).toEqual({ kind: 'name', name }))

  test.for<[string, string]>([
    ['<b>强盛</b>有限公司', '强盛有限公司'],
    ['强盛五金', '强盛五金'],
    ['阿强记', '阿强记'],
    ['他们给我的有限公司', '他们给我的有限公司'],
  ])('%s is asked back as %s', ([said, name]) =>
    expect(enterpriseNameHeard(said, lexicon)).toEqual({ kind: 'doubtful', name }),
  )

  test.for([
    '有限公司',
    '我们公司',
    '你们公司',
    '公司',
    '没有公司',
    '没注册公司',
    '五金厂',
    '不告诉你公司',
    '不知道公司',
    '忘了',
    '随便',
    '好的',
    '不对',
    '帮助',
    '12345',
    '？',
    '',
    '<script></script>',
  ])('%s is no name', (said) => expect(enterpriseNameHeard(said, lexicon)).toBeUndefined())

  test('in English and in traditional characters', () => {
    const name = 'Qiangsheng Metal Co., Ltd'
    expect(enterpriseNameHeard(`our company is called ${name}`, english)).toEqual({ kind: 'name', name })
    expect(enterpriseNameHeard('our company', english)).toBeUndefined()
    expect(enterpriseNameHeard('我們廠叫強盛五金廠', cantonese)).toEqual({ kind: 'name', name: '強盛五金廠' })
  })
})

describe('D18: who speaks for it', () => {
  test.for<[string, string, string | undefined]>([
    ['黄大伟', '黄大伟', undefined],
    ['我叫陈志强', '陈志强', undefined],
    ['黄大伟先生', '黄大伟', undefined],
    ['黄大伟，厂长', '黄大伟', '厂长'],
    ['黄大伟（厂长）', '黄大伟', '厂长'],
    ['黄大伟厂长', '黄大伟', '厂长'],
    ['厂长黄大伟', '黄大伟', '厂长'],
    ['我是安全员何平', '何平', '安全员'],
    ['陈国生', '陈国生', undefined],
    ['欧阳娜娜', '欧阳娜娜', undefined],
    ['阿卜杜拉·买买提', '阿卜杜拉·买买提', undefined],
    ['John Smith', 'John Smith', undefined],
  ])('%s is %s, %s', ([said, name, role]) =>
    expect(contactNameHeard(said, lexicon)).toEqual({ kind: 'name', name, ...(role && { role }) }),
  )

  test.for<[string, string | undefined]>([
    ['老黄', '黄'],
    ['黄总', '黄'],
    ['黄老板', '黄'],
    ['黄先生', '黄'],
    ['李厂长', '李'],
    ['小李', '李'],
    ['姓黄', '黄'],
    ['我姓黄', '黄'],
    ['免贵姓黄', '黄'],
    ['黄', '黄'],
    ['欧阳先生', '欧阳'],
    ['保密', undefined],
    ['匿名', undefined],
    ['不告诉你', undefined],
  ])('%s is not a full name: %s', ([said, surname]) =>
    expect(contactNameHeard(said, lexicon)).toEqual({ kind: 'partial', ...(surname && { surname }) }),
  )

  test.for(['Tom', '黄生', '王工', '扎西', '阿强'])('%s is asked back', (name) =>
    expect(contactNameHeard(name, lexicon)).toEqual({ kind: 'doubtful', name }),
  )

  test.for(['厂长', '老板', '好的', '不知道', '13800138000', '强盛有限公司', ''])('%s is nobody', (said) =>
    expect(contactNameHeard(said, lexicon)).toBeUndefined(),
  )
})

describe('D10: who signed', () => {
  test.for(['陈志强', '陳志強', '我叫陈志强', '陈志强。', '陈 志强', '厂长陈志强'])('%s is the contact', (said) =>
    expect(signatureHeard(said, '陈志强', lexicon)).toEqual({ kind: 'contact' }),
  )

  test('another name is somebody else', () => {
    expect(signatureHeard('李四', '陈志强', lexicon)).toEqual({ kind: 'other', name: '李四' })
    expect(signatureHeard('陈志', '陈志强', lexicon)).toEqual({ kind: 'other', name: '陈志' })
  })

  test.for(['同意', '老陈', '陈总', '姓陈', '保密', '好的', ''])('%s is no signature', (said) =>
    expect(signatureHeard(said, '陈志强', lexicon)).toBeUndefined(),
  )

  test('a name that was asked back once is signed with as it is', () => {
    expect(signatureHeard('tom', 'Tom', english)).toEqual({ kind: 'contact' })
  })
})

test.for(['13800138000（微信同号）', '13800138000，微信同号', '13800138000 谢谢'])('%s is a phone number', (said) =>
  expect(phoneHeard(said, lexicon)).toBe('13800138000'),
)
