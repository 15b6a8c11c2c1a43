import { testClauses, wrong } from './clauses-support.ts'

/** Articles 3 and 13, which no industry escapes. */
const shop = ['machinery', ['contractorsTenants']] as const
const pits = ['commerce', ['confinedSpaces']] as const

testClauses([
  ['3(1) nobody coordinates contractors', ...shop, wrong('contractorsCoordinated'), ['3(1)']],
  ['3(1) nobody inspects them', ...shop, wrong('contractorsInspected'), ['3(1)']],
  ['3(1) no safety agreement: general hazard', ...shop, wrong('contractorAgreement'), []],

  ['3(2) an electrician without a licence', ...shop, wrong('specialOperatorLicences'), ['3(2)']],
  ['3(2) no work that needs one', ...shop, { specialOperatorLicences: 'notApplicable' }, []],

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
