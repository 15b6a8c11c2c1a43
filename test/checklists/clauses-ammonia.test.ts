import { testClauses, wrong } from './clauses-support.ts'

const plant = ['light-industry', ['ammoniaRefrigeration']] as const

testClauses([
  ['12(1) ammonia in the air of the packing room', ...plant, wrong('packingAirWithoutAmmonia'), ['12(1)']],
  ['12(1) packing room without cooled air', ...plant, { packingAirWithoutAmmonia: 'notApplicable' }, []],

  ['12(2) quick freezer in the hall', ...plant, wrong('quickFreezerApart'), ['12(2)']],
  ['12(2) more than nine people', ...plant, wrong('quickFreezerFewPeople'), ['12(2)']],
  ['12(2) how many is unclear', ...plant, { quickFreezerFewPeople: 'stillUnclear' }, ['12(2)']],
  [
    '12(2) no quick freezer',
    ...plant,
    { quickFreezerApart: 'notApplicable', quickFreezerFewPeople: 'notApplicable' },
    [],
  ],
  ['article 12 says nothing of alarms: general hazard', ...plant, wrong('ammoniaAlarmFitted'), []],
  ['nor of exhaust fans', ...plant, wrong('ammoniaExhaustWorking'), []],

  ['a cold store of a trader as well', 'commerce', ['ammoniaRefrigeration'], wrong('quickFreezerApart'), ['12(2)']],
])
