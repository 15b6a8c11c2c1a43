import type { Districts } from '../checklist/schema.ts'
import type { Person } from './world.ts'

/** Owners to play with; none of them exists. */
export const demoOwners: readonly Person[] = [
  { userId: 'chenzhiqiang', name: '陈志强', role: 'owner', note: '五金加工厂老板' },
  { userId: 'linmeihua', name: '林美华', role: 'owner', note: '电池组装厂安全员' },
  { userId: 'huangdawei', name: '黄大伟', role: 'owner', note: '家具厂老板' },
]

/** One regulator for each district. */
export const demoRegulators = (
  districts: Districts['districts'],
): (Person & { district: string; isExample: boolean })[] =>
  districts.map(({ code, title, bureau }) => ({
    userId: `jianguan-${code}`,
    name: `${title}监管员`,
    role: 'regulator',
    note: bureau,
    district: code,
    isExample: code === EXAMPLE_DISTRICT,
  }))

/** 龙岗 */
const EXAMPLE_DISTRICT = '440307'
