import { describe, expect, test } from 'vitest'
import { findDistrict } from '../../src/enterprise/district.ts'
import { library } from '../checklists/support.ts'

test.for<[string, string]>([
  ['440307', '龙岗区'],
  ['龙岗', '龙岗区'],
  ['龍崗', '龙岗区'],
  ['深圳市龙岗区坪地街道', '龙岗区'],
  ['坪地', '龙岗区'],
  ['大鹏新区葵涌', '龙岗区'],
  ['宝安沙井', '宝安区'],
  ['观澜', '龙华区'],
  ['坑梓', '坪山区'],
  ['公明', '光明区'],
  ['龙岗区光明路3号', '龙岗区'],
  ['Longgang', '龙岗区'],
  ['Long Hua District', '龙华区'],
  ["Bao'an", '宝安区'],
  ['Shekou, Nanshan', '南山区'],
])('%s lies in %s', ([text, title]) => {
  const { matches, exact } = findDistrict(library, text)
  expect(matches[0]?.title).toBe(title)
  expect(exact).toBe(true)
})

test.for<[string, readonly string[]]>([
  ['福田沙头角', ['福田区', '盐田区']],
  ['龙港区', ['龙华区', '龙岗区']],
  ['龙岗区和宝安区各一个厂', ['宝安区', '龙岗区']],
])('%s has to be asked back: %j', ([text, titles]) => {
  const { matches, exact } = findDistrict(library, text)
  expect(matches.map(({ title }) => title)).toEqual(expect.arrayContaining([...titles]))
  expect(exact).toBe(false)
})

describe('D36: places without a code of their own', () => {
  test.for<[string, string, readonly string[]]>([
    ['大鹏', 'dapeng', ['龙岗区']],
    ['大鹏新区葵涌', 'dapeng', ['龙岗区']],
    ['龙岗大鹏', 'dapeng', ['龙岗区']],
    ['Dapeng New District', 'dapeng', ['龙岗区']],
    ['前海', 'qianhai', ['南山区', '宝安区']],
    ['南山前海', 'qianhai', ['南山区']],
    ['Qianhai, Nanshan', 'qianhai', ['南山区']],
    ['深汕特别合作区', 'shenshan', []],
    ['深汕鹅埠', 'shenshan', []],
    ['鹅埠', 'shenshan', []],
    ['小漠', 'shenshan', []],
    ['鲘门', 'shenshan', []],
    ['赤石镇', 'shenshan', []],
    ['Shenshan', 'shenshan', []],
  ])('%s is %s, filed in %j', ([text, id, districts]) => {
    const { matches, exact, zone } = findDistrict(library, text)
    expect(zone?.id).toBe(id)
    expect(matches.map(({ title }) => title)).toEqual(districts)
    expect(exact).toBe(districts.length === 1)
  })

  test('a district alone names no zone', () => {
    expect(findDistrict(library, '龙岗区')).not.toHaveProperty('zone')
  })
})

test.for(['', '广州', '440399', '好的'])('“%s” is no district of ours', (text) => {
  expect(findDistrict(library, text)).toEqual({ matches: [], exact: false })
})
