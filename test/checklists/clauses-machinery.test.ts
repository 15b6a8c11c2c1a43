import { testClauses, wrong } from './clauses-support.ts'

const foundry = ['machinery', ['foundry']] as const
const burners = ['machinery', ['gasFurnaces']] as const

testClauses([
  ['7(1) rest room in the pouring bay', ...foundry, wrong('peopleRoomsOffSpan'), ['7(1)']],
  ['7(1) no such bay', ...foundry, { peopleRoomsOffSpan: 'notApplicable' }, []],

  ['7(2) nowhere for the metal to go', ...foundry, wrong('foundryDrainFitted'), ['7(2)']],
  ['7(2) the pit is full', ...foundry, wrong('foundryDrainReady'), ['7(2)']],
  ['7(2) put right with evidence', ...foundry, { foundryDrainFitted: 'rectified' }, []],

  ['7(3) water in the pouring pit', ...foundry, wrong('furnacePitsDry'), ['7(3)']],
  ['7(3) water on the way of the ladle', ...foundry, wrong('moltenRoutesDry'), ['7(3)']],
  ['7(3) wet charge is no standing water', ...foundry, wrong('chargeDried'), []],

  ['7(4) die-casting machine without cooling alarm', ...foundry, wrong('foundryCoolingAlarmFitted'), ['7(4)']],
  ['7(4) the alarm is dead', ...foundry, wrong('foundryCoolingAlarmWorking'), ['7(4)']],
  ['7(4) no interlock', ...foundry, wrong('foundryCoolingInterlockFitted'), ['7(4)']],
  ['7(4) the interlock is bypassed', ...foundry, wrong('foundryCoolingInterlockWorking'), ['7(4)']],
  ['7(4) a safety door: general hazard', ...foundry, wrong('dieCastingDoorsWorking'), []],
  [
    '7(4) nothing cooled with water',
    ...foundry,
    { foundryCoolingAlarmFitted: 'notApplicable', foundryCoolingInterlockFitted: 'notApplicable' },
    [],
  ],

  ['7(5) no pressure alarm', ...burners, wrong('gasPressureAlarmFitted'), ['7(5)']],
  ['7(5) the alarm is dead', ...burners, wrong('gasPressureAlarmWorking'), ['7(5)']],
  ['7(5) no shut-off', ...burners, wrong('gasShutoffFitted'), ['7(5)']],
  ['7(5) the shut-off sticks', ...burners, wrong('gasShutoffWorking'), ['7(5)']],
  ['7(5) no flame monitor', ...burners, wrong('flameGuardFitted'), ['7(5)']],
  ['7(5) the flame monitor is black', ...burners, wrong('flameGuardWorking'), ['7(5)']],
  ['7(5) lit without purging: general hazard', ...burners, wrong('furnacePurgedFirst'), []],
])
