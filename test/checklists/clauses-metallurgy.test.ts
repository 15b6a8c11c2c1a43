import { testClauses, wrong } from './clauses-support.ts'

const steel = ['metallurgy', ['steelmaking']] as const
const blast = ['metallurgy', ['blastFurnace']] as const
const gas = ['metallurgy', ['coalGas']] as const

testClauses([
  ['3(3) managers elsewhere: general hazard', 'metallurgy', [], wrong('managersAssessed'), []],

  ['4(1) rest room under the crane', ...steel, wrong('peopleRoomsOffSpan'), ['4(1)']],

  ['4(2) water in a pit', ...steel, wrong('furnacePitsDry'), ['4(2)']],
  ['4(2) water in front of the furnace', ...blast, wrong('moltenRoutesDry'), ['4(2)']],
  ['4(2) wet charge is no standing water', ...steel, wrong('chargeDried'), []],

  ['4(5) one of them unclear still blocks', ...blast, { releasePressureWithinDesign: 'stillUnclear' }, ['4(5)']],

  ['4(7) put right with evidence', ...gas, { gasIsolatorsFitted: 'rectified' }, []],
])
