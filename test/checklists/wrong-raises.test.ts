import { expect, test } from 'vitest'
import { checklistOf, composedRefs } from '../../src/checklist/checklist.ts'
import { testClauses, wrong } from './clauses-support.ts'
import { library, today } from './support.ts'

/** What an inspector found raised, or not raised, against the law: by the letters of the content review. */
testClauses([
  [
    'A-1 a die-caster whose managers have no certificate',
    'machinery',
    ['foundry'],
    wrong('foundryManagersAssessed'),
    ['3(3)'],
  ],
  [
    'A-2 a bakery without flame guard falls under no clause',
    'light-industry',
    ['gasOvens', 'foodHeating'],
    wrong('burnerFlameGuardFitted'),
    [],
  ],
  [
    'A-2 ceramics kilns that mix gas and air',
    'light-industry',
    ['premixTablewareKilns'],
    wrong('premixGasPressureAlarmFitted'),
    ['8(4)'],
  ],
  ['A-3 a boiler of 机械 counts', 'machinery', ['gasFurnaces'], wrong('gasShutoffFitted'), ['7(5)']],
  ['A-4 lapsed calibration is no failed device', 'machinery', [], wrong('detectorsCalibrated'), []],
  ['A-5 a fixed furnace without a pit', 'nonferrous', ['fixedMeltingFurnaces'], wrong('castingDrainFitted'), ['5(3)']],
  [
    'A-7 a flat gas detector on a day when nobody goes in',
    'machinery',
    ['confinedSpaces'],
    wrong('rescueGearReady'),
    [],
  ],
  [
    'A-13 dust that gives off nothing with water',
    'machinery',
    ['metalDust'],
    { hydrogenVentFitted: 'notApplicable', metalDustKeptDry: 'notApplicable' },
    [],
  ],
  [
    'A-14 not cleaned every shift, but nothing thick',
    'light-industry',
    ['combustibleDust'],
    wrong('dustCleanedEveryShift'),
    [],
  ],
  ['A-15 no sand at hand', 'textile', ['bleachingChemicals'], wrong('hydrosulfiteFireKnown'), []],
  ['A-16 a shop that bakes', 'commerce', ['foodHeating'], wrong('overheatCutOffFitted'), []],
  [
    'A-18 cleaners that do not burn',
    'machinery',
    ['solventCleaning'],
    { solventVapourControlFitted: 'notApplicable' },
    [],
  ],
  ['A-28 a door that stands open', 'textile', ['heatSetting'], wrong('heatSettingDoorsShut'), []],
  [
    'D-1 a wood shop that ticks its dust only',
    'light-industry',
    ['combustibleDust'],
    wrong('collectorExplosionControlFitted'),
    ['11(3)'],
  ],
  ['D-1 and its airlock', 'light-industry', ['combustibleDust'], wrong('dustAirlockFitted'), ['11(6)']],
])

test.for([
  [
    'A-3 no excuse for whoever has a gas furnace',
    'machinery',
    'gasFurnaces',
    ['gasPressureAlarmFitted', 'gasShutoffFitted', 'flameGuardFitted'],
  ],
  ['A-5 nor for whoever has a fixed one', 'nonferrous', 'fixedMeltingFurnaces', ['castingDrainFitted']],
] as const)('%s', ([, industry, fact, ids]) => {
  const { items } = checklistOf(library, composedRefs(library, { industry, facts: [fact] }, today))
  for (const id of ids) {
    const item = items.find((each) => each.id === id)
    expect(item).toBeDefined()
    expect(item?.notApplicable).toBeUndefined()
  }
})

test('B-1 a dust, ammonia or smelting firm has full-time officers whatever its size, and a director from 50 people', () => {
  const idsOf = (industry: string, facts: string[], headcount: number) =>
    checklistOf(library, composedRefs(library, { industry, facts, headcount }, today)).items.map(({ id }) => id)
  for (const [industry, fact] of [
    ['machinery', 'metalDust'],
    ['commerce', 'ammoniaRefrigeration'],
    ['machinery', 'foundry'],
  ] as const) {
    expect(idsOf(industry, [fact], 12)).toContain('dedicatedOfficer')
    expect(idsOf(industry, [fact], 49)).not.toContain('safetyDirector')
    expect(idsOf(industry, [fact], 50)).toContain('safetyDirector')
  }
  expect(idsOf('machinery', [], 99)).not.toContain('fullTimeOfficer')
  expect(idsOf('machinery', [], 100)).toContain('fullTimeOfficer')
  expect(idsOf('machinery', [], 300)).toContain('safetyDirectorBySize')
})
