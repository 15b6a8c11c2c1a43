import { testClauses, wrong } from './clauses-support.ts'

/** Article 13, which no industry escapes. */
const pits = ['commerce', ['confinedSpaces']] as const

testClauses([
  [
    '13(1) neither ledger nor signs',
    ...pits,
    { spacesListed: 'nonconforming', spaceSigns: 'nonconforming' },
    ['13(1)'],
  ],
  ['13(1) signs, but no ledger', ...pits, wrong('spacesListed'), []],
  ['13(1) a ledger, but no signs', ...pits, wrong('spaceSigns'), []],

  ['13(2) no approval', ...pits, wrong('entryApproved'), ['13(2)']],
  ['13(2) not ventilated and tested first', ...pits, wrong('entryVentilatedTested'), ['13(2)']],
  ['13(2) the detector is dead', ...pits, wrong('gasDetectorWorking'), ['13(2)']],
  ['13(2) nobody watches', ...pits, wrong('entryWatched'), ['13(2)']],
  ['13(2) no rescue gear: general hazard', ...pits, wrong('rescueGearReady'), []],
])
