import { testClauses, wrong } from './clauses-support.ts'

const bakery = ['light-industry', ['foodHeating']] as const
const distillery = ['light-industry', ['liquor']] as const
const paperMill = ['light-industry', ['liquidChlorine']] as const
const bicycles = ['light-industry', ['batteryStorage']] as const
const cells = ['lithium-battery', []] as const
const kiln = ['light-industry', ['gasFurnaces']] as const
const glass = ['light-industry', ['glassFurnaces']] as const

testClauses([
  ['8(1) an oven without cut-off', ...bakery, wrong('overheatCutOffFitted'), ['8(1)']],
  ['8(1) the cut-off fails', ...bakery, wrong('overheatCutOffWorking'), ['8(1)']],
  ['8(1) greasy ducts: general hazard', ...bakery, wrong('ductsDegreased'), []],
  ['8(1) speaks of food makers, not of shops', 'commerce', ['foodHeating'], wrong('overheatCutOffFitted'), []],

  ['8(2) no ethanol alarm', ...distillery, wrong('ethanolAlarmFitted'), ['8(2)']],
  ['8(2) the alarm is dead', ...distillery, wrong('ethanolAlarmWorking'), ['8(2)']],
  ['8(2) the alarm starts no fan', ...distillery, wrong('ethanolVentLinked'), ['8(2)']],
  ['8(2) ordinary lamps: general hazard', ...distillery, wrong('liquorElectricsExplosionProof'), []],
  ['8(2) the alarm was put in since', ...distillery, { ethanolAlarmFitted: 'rectified' }, []],

  ['8(3) steam on a chlorine cylinder', ...paperMill, wrong('chlorineHeatedGently'), ['8(3)']],
  ['8(3) no chlorine alarm: general hazard', ...paperMill, wrong('chlorineAlarmFitted'), []],

  ['8(4) a gas kiln without pressure alarm', ...kiln, wrong('gasPressureAlarmFitted'), ['8(4)']],
  ['8(4) leaves out flame monitors, which 7(5) counts', ...kiln, wrong('flameGuardFitted'), []],

  ['8(5) a glass furnace without cooling alarm', ...glass, wrong('glassCoolingAlarmFitted'), ['8(5)']],
  ['8(5) the cooling alarm is dead', ...glass, wrong('glassCoolingAlarmWorking'), ['8(5)']],

  ['8(7) faulty batteries among good ones', ...cells, wrong('faultyBatteriesIsolated'), ['8(7)']],
  ['8(7) the cabinet stands open', ...cells, wrong('faultyBatteriesIsolatedToday'), ['8(7)']],
  ['8(7) no battery store', ...cells, { faultyBatteriesIsolated: 'notApplicable' }, []],
  ['8(7) ageing rooms not walled off: general hazard', ...cells, wrong('agingRoomsSeparated'), []],
  ['8(7) batteries stored by a bicycle maker', ...bicycles, wrong('storedFaultyBatteriesFitted'), ['8(7)']],
  ['8(7) his cabinet is not used', ...bicycles, wrong('storedFaultyBatteriesWorking'), ['8(7)']],
  ['8(7) his store is hot: general hazard', ...bicycles, wrong('storedBatteriesCool'), []],
  ['8(7) speaks of 轻工, not of trade', 'commerce', ['batteryStorage'], wrong('storedFaultyBatteriesFitted'), []],
])
