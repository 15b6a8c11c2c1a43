import { describe, expect, test } from 'vitest'
import { type ChangeHeard, changeHeard, requestHeard } from '../../flows/words/index.ts'
import { loadContent } from '../../src/content.ts'
import type { Language } from '../../src/i18n/translator.ts'

const { library, lexicons, changes } = loadContent()
const onRecord = ['sprayPainting', 'solventPaint', 'forklifts', 'charging', 'cranes', 'dormitories', 'hotWork']

const hears = (said: string, facts: readonly string[] = onRecord, language: Language = 'zh-CN') =>
  changeHeard(said, {
    changes: changes[language],
    lexicon: lexicons[language],
    siteProfile: library.siteProfile,
    industry: 'machinery',
    facts,
  })

/** Such as `+pressureVessels -forklifts ?charging =cranes`, or `district longhua`. */
function shown(heard: ChangeHeard | undefined): string {
  if (!heard) return 'none'
  if (heard.kind === 'particular') return [heard.particular, heard.value ?? []].flat().join(' ')
  const marked = (mark: string, facts: readonly string[]) => facts.map((fact) => mark + fact)
  return [
    ...marked('+', heard.added),
    ...marked('-', heard.removed),
    ...marked('?', heard.unsure),
    ...marked('=', heard.known),
  ].join(' ')
}

const rows = (table: readonly (readonly [expected: string, said: string])[]) =>
  table.flatMap(([expected, said]) => said.split(' / ').map((each) => [each, expected] as const))

describe('facts that come and go', () => {
  test.for(
    rows([
      [
        '+pressureVessels',
        '又加了一台锅炉 / 新装了锅炉 / 我们新买了一台锅炉 / 上个月装了一台锅炉 / 现在有锅炉了 / 我们有锅炉 / 锅炉是新装的 / 厂里新添了个储气罐',
      ],
      ['+lifts', '装了一部货梯 / 我们新装了电梯 / 刚装好一部电梯 / 多了一台货梯'],
      ['+pressureVessels +lifts', '新装了锅炉和电梯 / 新买了锅炉、电梯 / 我们新装了锅炉，还有电梯'],
      ['+kitchenGas', '新开了食堂 / 现在有食堂了'],
      ['+wetElectrics +chemicals', '我们又上了电镀线 / 开始做电镀了'],
      [
        '-forklifts ?charging',
        '没有叉车了 / 叉车卖了 / 叉车卖掉了 / 我们现在没有叉车了 / 叉车都处理掉了 / 叉车报废了 / 不用叉车了 / 我们没有叉车 / 叉车已经没有了 / 把叉车卖了 / 我们没有叉车啊',
      ],
      ['-cranes', '上个月拆了行车 / 行车拆了 / 行车拆掉了 / 行车没了 / 拆了一台行车'],
      [
        '-sprayPainting -solventPaint',
        '现在不喷漆了 / 我们不喷漆了 / 喷漆不做了 / 不再喷漆 / 喷漆的活给别人做了 / 不做喷漆了 / 喷漆外发了',
      ],
      [
        '-solventPaint',
        '改用水性漆了 / 我们用的是水性漆 / 现在都用水性漆 / 油性漆不用了 / 换成水性漆了 / 油漆都换成水性的了',
      ],
      ['-dormitories', '宿舍没人住了 / 宿舍取消了 / 没有宿舍了 / 宿舍退租了'],
      ['-hotWork', '电焊不做了 / 没有电焊了'],
      ['+pressureVessels -cranes', '行车拆了，新装了锅炉'],
      ['=forklifts', '又买了一台叉车 / 新买了两台叉车'],
      ['=lifts', '货梯拆了 / 没有电梯了'],
    ]),
  )('%s: %s', ([said, expected]) => expect(shown(hears(said))).toBe(expected))

  test('who has no spray booth may still paint in the open: to be asked about', () => {
    for (const said of ['没有喷漆房', '喷漆房拆了', '喷漆房停了', '没喷漆'])
      expect(shown(hears(said)), said).toBe('?sprayPainting')
  })

  test('a new booth makes one ask what is sprayed in it', () => {
    expect(shown(hears('我们新装了喷漆房', []))).toBe('+sprayPainting ?solventPaint')
    expect(shown(hears('新建了一条喷漆线', []))).toBe('+sprayPainting ?solventPaint')
  })

  test('a word that names two facts takes neither away unasked', () => {
    expect(shown(hears('电镀不做了', ['wetElectrics', 'chemicals']))).toBe('?wetElectrics ?chemicals')
  })

  test('another clause that is not understood may take it all back', () => {
    expect(shown(hears('叉车卖了，但是还有一台借来的'))).toBe('?forklifts')
  })

  test('what is there or not counts only where the record says otherwise', () => {
    expect(shown(hears('没有叉车', []))).toBe('none')
    expect(shown(hears('我们有叉车'))).toBe('none')
    expect(shown(hears('我们有叉车', []))).toBe('+forklifts ?charging')
    expect(shown(hears('我们用的是水性漆', []))).toBe('none')
  })

  test('facts of other trades are not heard', () => {
    expect(shown(hears('我们有液氯', []))).toBe('none')
  })

  test.for(
    '打算装喷漆房 / 要装锅炉吗 / 准备买叉车 / 明年装电梯 / 叉车要卖吗 / 我想买叉车 / 有没有叉车 / 如果有叉车呢 / 以前有锅炉 / 原来有电梯后来没了吗 / 锅炉下个月拆 / 快要装锅炉了 / 听说要装电梯'.split(
      ' / ',
    ),
  )('a plan, a question or a past is no change: %s', (said) => expect(shown(hears(said, []))).toBe('none'))

  test.for(
    '没装报警器 / 装了灭火器 / 喷漆房装了报警器 / 叉车贴了标志 / 行车装了限位 / 锅炉年检了 / 叉车坏了 / 叉车有证 / 叉车司机有证 / 换了安全阀 / 没有叉车证 / 宿舍装了烟感 / 电梯有年检 / 叉车没问题 / 电焊有证 / 喷漆房通风开着 / 没有 / 装了 / 有 / 不用'.split(
      ' / ',
    ),
  )('an answer about a safeguard is no change: %s', (said) => {
    expect(shown(hears(said))).toBe('none')
    expect(shown(hears(said, []))).toBe('none')
  })

  test.for([
    ['新裝咗鍋爐', '+pressureVessels', 'zh-HK'],
    ['冇叉車喇', '-forklifts ?charging', 'zh-HK'],
    ['叉車賣咗', '-forklifts ?charging', 'zh-HK'],
    ['而家唔噴漆喇', '-sprayPainting -solventPaint', 'zh-HK'],
    ['剷車賣咗', '-forklifts ?charging', 'zh-HK'],
    ['We bought a boiler', '+pressureVessels', 'en'],
    ['we have installed a new lift', '+lifts', 'en'],
    ['We sold the forklift', '-forklifts ?charging', 'en'],
    ['we no longer have a forklift', '-forklifts ?charging', 'en'],
    ['the crane is gone', '-cranes', 'en'],
    ['we plan to buy a boiler', 'none', 'en'],
    ['the forklift has a licence', 'none', 'en'],
    ['叉车卖了', '-forklifts ?charging', 'en'],
  ] as const)('%s: %s', ([said, expected, language]) => expect(shown(hears(said, onRecord, language))).toBe(expected))
})

describe('particulars', () => {
  test.for(
    rows([
      [
        'name',
        '改厂名 / 我想改厂名 / 改名字 / 公司改名了 / 厂名改了 / 我要改公司名称 / 名字填错了 / 怎么改厂名 / 换营业执照',
      ],
      ['name 强盛五金有限公司', '公司改成强盛五金有限公司'],
      ['district', '搬家了 / 搬厂了 / 我们搬厂了 / 厂搬了 / 我搬厂了 / 地址变了 / 换地址了 / 改地址 / 搬厂 / 厂搬走了'],
      ['district 龙华', '搬到龙华了 / 我们搬到龙华了 / 厂搬到龙华去了 / 工厂搬去龙华了'],
      ['industry', '换行业 / 改行业 / 行业选错了 / 转行了 / 行业不对'],
      ['industry 家具', '我们改做家具了'],
      ['headcount', '改人数 / 修改人数 / 人数变了 / 人数不对 / 人数填错了'],
      ['headcount 60', '现在 60 人了 / 我们现在有60个人了 / 现在60个工人了 / 人数改成60'],
      ['headcount 三十', '我们现在只有三十人了'],
      ['contact', '换联系人 / 我要修改联系人 / 联系人换了 / 联系人换人了 / 改联系人 / 联系人离职了'],
      ['phone', '换手机号 / 手机号换了 / 改电话 / 我要改手机号码 / 电话填错了 / 手机号变了'],
      ['phone 13800138000', '手机号改成13800138000'],
      ['facts', '改厂里有什么 / 改一下设备 / 设备有变化 / 设备选错了设备 / 我想改厂里有什么'],
      ['all', '修改登记 / 重新登记 / 修改登记信息 / 改资料 / 登记信息有误 / 我要修改企业信息 / 资料填错了'],
      ['uscc', '改信用代码 / 代码填错了 / 修改统一社会信用代码'],
    ]),
  )('%s: %s', ([said, expected]) => expect(shown(hears(said))).toBe(expected))

  test.for(
    '打算搬厂 / 搬家前装的 / 搬来的时候就有 / 60人 / 搬走了灭火器 / 名字 / 电话 / 人数 / 换了 / 改了 / 修改 / 改好了 / 换了电池'.split(
      ' / ',
    ),
  )('none: %s', (said) => expect(shown(hears(said))).toBe('none'))

  test.for([
    ['搬咗廠', 'district', 'zh-HK'],
    ['改電話', 'phone', 'zh-HK'],
    ['we moved', 'district', 'en'],
    ['change company name', 'name', 'en'],
    ['change industry', 'industry', 'en'],
    ['We are now 60 people', 'headcount 60', 'en'],
  ] as const)('%s: %s', ([said, expected, language]) => expect(shown(hears(said, onRecord, language))).toBe(expected))
})

describe('wishes', () => {
  const wishes = (said: string, language: Language = 'zh-CN') =>
    requestHeard(said, { changes: changes[language], lexicon: lexicons[language] })

  test.for(
    rows([
      [
        'withdraw',
        '我要撤回申报 / 撤回申报 / 帮我撤回申报 / 取消申报 / 申报我要撤回 / 我不想报了 / 撤销申请 / 能不能帮我撤回申报 / 把申报撤了',
      ],
      [
        'closing',
        '关门了 / 我们关门了 / 停产了 / 厂要关了 / 公司注销了 / 我们准备停业 / 厂不开了 / 倒闭了 / 我们不干了 / 厂子转让了',
      ],
      ['objection', '我要申诉 / 申诉 / 不服 / 我不服 / 我有异议 / 结果不对 / 不公平 / 我对结果不服'],
      [
        'handOver',
        '交给同事 / 换人来填 / 让会计来填 / 转给安全员 / 换个人 / 怎么接手 / 交给张经理办 / 让我老婆来 / 加同事 / 我是厂里安全员，老板让我接着弄',
      ],
      ['seeAnswers', '看我申报的内容 / 看看我报了什么 / 我报了什么 / 查看申报的内容 / 发我填过的内容'],
      [
        'seeHazards',
        '看隐患 / 有哪些隐患 / 隐患清单 / 还有几个隐患 / 查看整改清单 / 还有哪些没改 / 要整改什么 / 还有什么没改好',
      ],
      [
        'report',
        '把自评报告发给我 / 自评报告 / 报告发给我 / 我要报告 / 下载报告 / 打印报告 / 报告呢 / 报告在哪 / 给我一份报告',
      ],
      ['muteReminders', '别提醒了 / 不要再提醒我了 / 别再发了 / 关闭提醒 / 不要再发消息 / 退订 / 别催了 / 把提醒关了'],
      ['unmuteReminders', '恢复提醒 / 打开提醒 / 继续提醒我'],
      ['deleteData', '把我的资料删掉 / 删除我的资料 / 帮我删掉数据 / 删掉我们的信息 / 注销账号'],
    ]),
  )('%s: %s', ([said, expected]) => expect(wishes(said)).toBe(expected))

  test.for(
    '撤回 / 门关了 / 报告 / 有报告 / 检测报告有 / 报告过了 / 提醒过了 / 隐患改好了 / 没有隐患 / 不服从 / 交给 / 关了 / 停了 / 停用了 / 不做 / 删了 / 撤了 / 没报 / 交给安全员管 / 由安全员检查'.split(
      ' / ',
    ),
  )('none: %s', (said) => expect(wishes(said)).toBeUndefined())

  test.for([
    ['撤回申報', 'withdraw', 'zh-HK'],
    ['執笠喇', 'closing', 'zh-HK'],
    ['唔好再提我喇', 'muteReminders', 'zh-HK'],
    ['withdraw application', 'withdraw', 'en'],
    ['we are closing down', 'closing', 'en'],
    ['send me the report', 'report', 'en'],
    ['stop reminding me', 'muteReminders', 'en'],
    ['delete my data', 'deleteData', 'en'],
  ] as const)('%s: %s', ([said, expected, language]) => expect(wishes(said, language)).toBe(expected))
})
