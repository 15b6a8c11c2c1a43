import { testClauses, wrong } from './clauses-support.ts'

const melting = ['nonferrous', ['nonferrousMelting']] as const
const fixed = ['nonferrous', ['deepCastingFixed']] as const
const burners = ['nonferrous', ['gasFurnaces']] as const

testClauses([
  ['5(1) rest room under the crane', ...melting, wrong('peopleRoomsOffSpan'), ['5(1)']],

  ['5(2) water in a pit', ...melting, wrong('furnacePitsDry'), ['5(2)']],
  ['5(2) water on the way of the ladle', ...fixed, wrong('moltenRoutesDry'), ['5(2)']],
  ['5(2) no protective clothing: general hazard', ...melting, wrong('moltenPpeWorn'), []],

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
])
