import { testClauses, wrong } from './clauses-support.ts'

const melting = ['nonferrous', ['nonferrousMelting']] as const
const cooling = ['nonferrous', ['nonferrousCooling']] as const
const fixed = ['nonferrous', ['deepCastingFixed']] as const
const tilting = ['nonferrous', ['deepCastingTilting']] as const
const gases = ['nonferrous', ['smeltingGases']] as const
const burners = ['nonferrous', ['gasFurnaces']] as const
const gas = ['nonferrous', ['coalGas']] as const

testClauses([
  ['3(3) managers of a smelter not assessed', ...melting, wrong('nonferrousManagersAssessed'), ['3(3)']],
  ['3(3) no smelting', ...melting, { nonferrousManagersAssessed: 'notApplicable' }, []],

  ['5(1) rest room under the crane', ...melting, wrong('peopleRoomsOffSpan'), ['5(1)']],
  ['5(1) control room under the crane', ...melting, wrong('nonferrousControlRoomsOffSpan'), ['5(1)']],
  ['5(1) no crane carries metal', ...melting, { nonferrousControlRoomsOffSpan: 'notApplicable' }, []],

  ['5(2) water in a pit', ...melting, wrong('furnacePitsDry'), ['5(2)']],
  ['5(2) water on the way of the ladle', ...fixed, wrong('moltenRoutesDry'), ['5(2)']],
  ['5(2) no protective clothing: general hazard', ...melting, wrong('moltenPpeWorn'), []],

  ['5(3) nowhere for the metal to go', ...melting, wrong('castingDrainFitted'), ['5(3)']],
  ['5(3) the pit is full', ...melting, wrong('castingDrainReady'), ['5(3)']],
  ['5(3) tilting furnaces are left out', ...melting, { castingDrainFitted: 'notApplicable' }, []],

  ['5(4) no emergency water', ...cooling, wrong('emergencyWaterFitted'), ['5(4)']],
  ['5(4) the tank is empty', ...cooling, wrong('emergencyWaterWorking'), ['5(4)']],
  ['5(4) nothing cooled with water', ...cooling, { emergencyWaterFitted: 'notApplicable' }, []],

  ['5(5) closed circuit without alarm', ...cooling, wrong('closedCoolingAlarmFitted'), ['5(5)']],
  ['5(5) its alarm is dead', ...cooling, wrong('closedCoolingAlarmWorking'), ['5(5)']],
  ['5(5) open circuit without alarm', ...cooling, wrong('openCoolingAlarmFitted'), ['5(5)']],
  ['5(5) its alarm is dead too', ...cooling, wrong('openCoolingAlarmWorking'), ['5(5)']],
  ['5(5) outlet temperature not watched', ...cooling, wrong('openCoolingOutletWatched'), ['5(5)']],
  [
    '5(5) closed circuits in order, none open',
    ...cooling,
    { openCoolingAlarmFitted: 'notApplicable', openCoolingOutletWatched: 'notApplicable' },
    [],
  ],

  ['5(6) mould water without alarm', ...fixed, wrong('mouldWaterAlarmFitted'), ['5(6)']],
  ['5(6) the alarm is dead', ...tilting, wrong('mouldWaterAlarmWorking'), ['5(6)']],
  ['5(6) no interlock', ...tilting, wrong('mouldWaterInterlockFitted'), ['5(6)']],
  ['5(6) the interlock is bypassed', ...fixed, wrong('mouldWaterInterlockWorking'), ['5(6)']],

  ['5(7) no level alarm', ...tilting, wrong('launderLevelAlarmFitted'), ['5(7)']],
  ['5(7) the level alarm is dead', ...fixed, wrong('launderLevelAlarmWorking'), ['5(7)']],
  ['5(7) the tap of a fixed furnace is not locked', ...fixed, wrong('tapLockFitted'), ['5(7)']],
  ['5(7) the lock is burnt', ...fixed, wrong('tapLockWorking'), ['5(7)']],

  ['5(8) fixed: no drain valve', ...fixed, wrong('launderDrainFitted'), ['5(8)']],
  ['5(8) fixed: the drain valve sticks', ...fixed, wrong('launderDrainWorking'), ['5(8)']],
  ['5(8) fixed: no quick shut-off', ...fixed, wrong('fixedShutoffFitted'), ['5(8)']],
  ['5(8) fixed: the shut-off is slow', ...fixed, wrong('fixedShutoffWorking'), ['5(8)']],
  ['5(8) fixed: no level interlock', ...fixed, wrong('fixedLevelInterlockFitted'), ['5(8)']],
  ['5(8) fixed: the interlock is bypassed', ...fixed, wrong('fixedLevelInterlockWorking'), ['5(8)']],

  ['5(9) tilting: no quick shut-off', ...tilting, wrong('tiltingShutoffFitted'), ['5(9)']],
  ['5(9) tilting: the shut-off is slow', ...tilting, wrong('tiltingShutoffWorking'), ['5(9)']],
  ['5(9) tilting: no level interlock', ...tilting, wrong('tiltingLevelInterlockFitted'), ['5(9)']],
  ['5(9) tilting: the interlock is bypassed', ...tilting, wrong('tiltingLevelInterlockWorking'), ['5(9)']],

  ['5(10) rope with a fibre core', ...tilting, wrong('castingRopeSteelCored'), ['5(10)']],
  ['5(10) rope not checked', ...fixed, wrong('castingRopeChecked'), ['5(10)']],
  [
    '5(10) no rope hoist',
    ...fixed,
    { castingRopeSteelCored: 'notApplicable', castingRopeChecked: 'notApplicable' },
    [],
  ],
  ['5(10) a worn sling is another thing', 'nonferrous', [], wrong('nonferrousSlingsChecked'), []],

  ['5(11) no alarm for toxic gas', ...gases, wrong('toxicAlarmsFitted'), ['5(11)']],
  ['5(11) the alarm is dead', ...gases, wrong('toxicAlarmsWorking'), ['5(11)']],
  ['5(11) nobody watches at night', ...gases, wrong('toxicAlarmsWatched'), ['5(11)']],
  ['5(11) arsine not tested', ...gases, wrong('arsineTested'), ['5(11)']],
  ['5(11) no arsine', ...gases, { arsineTested: 'notApplicable' }, []],
  ['5(11) carbon monoxide of a gas plant', ...gas, wrong('coAlarmsFitted'), ['5(11)']],

  ['5(12) no pressure alarm', ...burners, wrong('gasPressureAlarmFitted'), ['5(12)']],
  ['5(12) the alarm is dead', ...burners, wrong('gasPressureAlarmWorking'), ['5(12)']],
  ['5(12) no shut-off', ...burners, wrong('gasShutoffFitted'), ['5(12)']],
  ['5(12) the shut-off sticks', ...burners, wrong('gasShutoffWorking'), ['5(12)']],
  ['5(12) says nothing of flame monitors', ...burners, wrong('flameGuardFitted'), []],
  [
    '5(12) no forced air',
    ...burners,
    { gasPressureAlarmFitted: 'notApplicable', gasShutoffFitted: 'notApplicable' },
    [],
  ],

  ['5(13) the seal holds too little', ...gas, wrong('drainSealsStrong'), ['5(13)']],
  ['5(13) the seal is dry', ...gas, wrong('drainSealsFull'), ['5(13)']],
  ['5(13) a shared drainer', ...gas, wrong('drainersSeparate'), ['5(13)']],
  ['5(13) isolation is asked of 冶金 only', ...gas, wrong('gasIsolatorsFitted'), []],
])
