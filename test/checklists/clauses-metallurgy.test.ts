import { testClauses, wrong } from './clauses-support.ts'

const steel = ['metallurgy', ['steelmaking']] as const
const blast = ['metallurgy', ['blastFurnace']] as const
const gas = ['metallurgy', ['coalGas']] as const

testClauses([
  ['3(3) managers of a smelter not assessed', ...steel, { steelManagersAssessed: 'nonconforming' }, ['3(3)']],
  ['3(3) a works that only rolls', ...steel, { steelManagersAssessed: 'notApplicable' }, []],
  ['3(3) managers elsewhere: general hazard', 'metallurgy', [], wrong('managersAssessed'), []],

  ['4(1) rest room under the crane', ...steel, wrong('peopleRoomsOffSpan'), ['4(1)']],
  ['4(1) control room under the crane', ...steel, wrong('steelControlRoomsOffSpan'), ['4(1)']],
  ['4(1) ladle repair under the crane', ...steel, wrong('ladleRepairOffSpan'), ['4(1)']],
  ['4(1) no ladles', ...steel, { ladleRepairOffSpan: 'notApplicable' }, []],

  ['4(2) water in a pit', ...steel, wrong('furnacePitsDry'), ['4(2)']],
  ['4(2) water in front of the furnace', ...blast, wrong('moltenRoutesDry'), ['4(2)']],
  ['4(2) wet charge is no standing water', ...steel, wrong('chargeDried'), []],

  ['4(3) a spill pit is missing', ...steel, wrong('steelSpillPitsFitted'), ['4(3)']],
  ['4(3) it is full of slag', ...steel, wrong('steelSpillPitsReady'), ['4(3)']],
  ['4(3) neither continuous nor mould casting', ...steel, { steelSpillPitsFitted: 'notApplicable' }, []],

  ['4(4) no cooling alarm', ...steel, wrong('steelCoolingAlarmFitted'), ['4(4)']],
  ['4(4) the alarm is dead', ...steel, wrong('steelCoolingAlarmWorking'), ['4(4)']],
  ['4(4) no interlock', ...steel, wrong('steelCoolingInterlockFitted'), ['4(4)']],
  ['4(4) the interlock is bypassed', ...steel, wrong('steelCoolingInterlockWorking'), ['4(4)']],
  [
    '4(4) nothing cooled with water',
    ...steel,
    { steelCoolingAlarmFitted: 'notApplicable', steelCoolingInterlockFitted: 'notApplicable' },
    [],
  ],

  ['4(5) pressure set above design', ...blast, wrong('topPressureWithinDesign'), ['4(5)']],
  ['4(5) no interlock with the release valve', ...blast, wrong('topPressureInterlockFitted'), ['4(5)']],
  ['4(5) the release valve sticks', ...blast, wrong('topPressureInterlockWorking'), ['4(5)']],
  ['4(5) release set above design', ...blast, wrong('releasePressureWithinDesign'), ['4(5)']],
  ['4(5) one of them unclear still blocks', ...blast, { releasePressureWithinDesign: 'stillUnclear' }, ['4(5)']],

  ['4(6) no carbon monoxide alarm', ...gas, wrong('coAlarmsFitted'), ['4(6)']],
  ['4(6) the alarm is dead', ...gas, wrong('coAlarmsWorking'), ['4(6)']],
  ['4(6) nobody watches at night', ...gas, wrong('coAlarmsWatched'), ['4(6)']],
  ['4(6) no breathing apparatus: general hazard', ...gas, wrong('coRescueReady'), []],
  ['4(6) does not speak of building materials', 'building-materials', ['coalGas'], wrong('coAlarmsFitted'), []],

  ['4(7) gas pipes cannot be isolated', ...gas, wrong('gasIsolatorsFitted'), ['4(7)']],
  ['4(7) the isolation leaks', ...gas, wrong('gasIsolatorsWorking'), ['4(7)']],
  ['4(7) put right with evidence', ...gas, { gasIsolatorsFitted: 'rectified' }, []],

  ['4(8) the seal holds too little', ...gas, wrong('drainSealsStrong'), ['4(8)']],
  ['4(8) the seal is dry', ...gas, wrong('drainSealsFull'), ['4(8)']],
  ['4(8) a shared drainer', ...gas, wrong('drainersSeparate'), ['4(8)']],
  ['4(8) no water seals', ...gas, { drainSealsStrong: 'notApplicable', drainersSeparate: 'notApplicable' }, []],
])
