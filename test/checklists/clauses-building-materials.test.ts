import { testClauses, wrong } from './clauses-support.ts'

const any = ['building-materials', []] as const
const cement = ['building-materials', ['cementPlant']] as const
const kiln = ['building-materials', ['gasFurnaces']] as const
const glass = ['building-materials', ['glassFurnaces']] as const

testClauses([
  ['6(1) no temperature or carbon monoxide alarm', ...cement, wrong('coalMillAlarmFitted'), ['6(1)']],
  ['6(1) the alarm is dead', ...cement, wrong('coalMillAlarmWorking'), ['6(1)']],
  ['6(1) no gas extinguishing', ...cement, wrong('coalMillExtinguisherFitted'), ['6(1)']],
  ['6(1) the cylinders are empty', ...cement, wrong('coalMillExtinguisherWorking'), ['6(1)']],
  [
    '6(1) no coal mill',
    ...cement,
    { coalMillAlarmFitted: 'notApplicable', coalMillExtinguisherFitted: 'notApplicable' },
    [],
  ],

  ['6(2) silo cleared without harness', ...any, wrong('siloClearingGuarded'), ['6(2)']],
  ['6(2) nobody clears a silo by hand', ...any, { siloClearingGuarded: 'notApplicable' }, []],

  ['6(3) carbide slag without alarm', ...cement, wrong('carbideAlarmFitted'), ['6(3)']],
  ['6(3) the alarm is dead', ...cement, wrong('carbideAlarmWorking'), ['6(3)']],
  ['6(3) the fan does not start by itself', ...cement, wrong('carbideVentInterlockFitted'), ['6(3)']],
  ['6(3) the interlock is off', ...cement, wrong('carbideVentInterlockWorking'), ['6(3)']],
  [
    '6(3) no carbide slag',
    ...cement,
    { carbideAlarmFitted: 'notApplicable', carbideVentInterlockFitted: 'notApplicable' },
    [],
  ],

  ['6(4) mill entered without isolation', ...any, wrong('machineEntryIsolated'), ['6(4)']],
  ['6(4) mill entered without fall protection', ...any, wrong('machineEntryFallGuarded'), ['6(4)']],
  ['6(4) an unguarded conveyor: general hazard', ...any, wrong('conveyorNipsCovered'), []],

  ['6(5) no pressure alarm', ...kiln, wrong('gasPressureAlarmFitted'), ['6(5)']],
  ['6(5) the alarm is dead', ...kiln, wrong('gasPressureAlarmWorking'), ['6(5)']],
  ['6(5) no shut-off', ...kiln, wrong('gasShutoffFitted'), ['6(5)']],
  ['6(5) the shut-off sticks', ...kiln, wrong('gasShutoffWorking'), ['6(5)']],
  [
    '6(5) hot producer gas is left out',
    ...kiln,
    { gasPressureAlarmFitted: 'notApplicable', gasShutoffFitted: 'notApplicable' },
    [],
  ],

  ['6(6) hydrogen station without alarm', ...any, wrong('gasRoomAlarmFitted'), ['6(6)']],
  ['6(6) the alarm is dead', ...any, wrong('gasRoomAlarmWorking'), ['6(6)']],
  ['6(6) no such room', ...any, { gasRoomAlarmFitted: 'notApplicable' }, []],

  ['6(7) water cooling of the electric furnace fails', ...glass, wrong('fusionCoolingWorking'), ['6(7)']],
  ['6(7) no electric furnace', ...glass, { fusionCoolingWorking: 'notApplicable' }, []],

  ['6(8) cooling of the glass furnace not watched', ...glass, wrong('glassCoolingAlarmFitted'), ['6(8)']],
  ['6(8) the alarm is dead', ...glass, wrong('glassCoolingAlarmWorking'), ['6(8)']],
  ['6(8) no drill: general hazard', ...glass, wrong('glassLeakDrill'), []],
  ['8(4) glass and china: no shut-off', 'light-industry', ['gasFurnaces'], wrong('gasShutoffFitted'), ['8(4)']],
  [
    '8(4) an oven that is no such kiln',
    'light-industry',
    ['gasFurnaces'],
    { gasPressureAlarmFitted: 'notApplicable', gasShutoffFitted: 'notApplicable' },
    [],
  ],
  [
    '8(5) glassware: cooling alarm dead',
    'light-industry',
    ['glassFurnaces'],
    wrong('glassCoolingAlarmWorking'),
    ['8(5)'],
  ],
])
