import { testClauses, wrong } from './clauses-support.ts'

const finishing = ['textile', ['heatSetting']] as const
const dyeing = ['textile', ['bleachingChemicals']] as const
const tobacco = ['tobacco', []] as const

testClauses([
  ['9(1) the oil heater beside people', ...finishing, wrong('heatSettingFuelApartFitted'), ['9(1)']],
  ['9(1) a hole in the wall', ...finishing, wrong('heatSettingFuelApartWorking'), ['9(1)']],
  ['9(1) lint in the dryer: general hazard', ...finishing, wrong('dryerLintCleaned'), []],

  ['9(2) peroxide beside hydrosulfite', ...dyeing, wrong('bleachesApart'), ['9(2)']],
  ['9(2) hydrosulfite in the damp', ...dyeing, wrong('hydrosulfiteDryFitted'), ['9(2)']],
  ['9(2) its lids are open', ...dyeing, wrong('hydrosulfiteDryWorking'), ['9(2)']],
  ['9(2) no hydrosulfite', ...dyeing, { hydrosulfiteDryFitted: 'notApplicable' }, []],
  ['9(2) no sand at hand: general hazard', ...dyeing, wrong('hydrosulfiteFireKnown'), []],
  ['9(2) other chemicals together: general hazard', 'textile', ['chemicals'], wrong('chemicalsApart'), []],

  ['10(1) no phosphine detector', ...tobacco, wrong('fumigationDetectorFitted'), ['10(1)']],
  ['10(1) the detector is dead', ...tobacco, wrong('fumigationDetectorWorking'), ['10(1)']],
  ['10(1) no masks', ...tobacco, wrong('fumigationMasksFitted'), ['10(1)']],
  ['10(1) the masks leak', ...tobacco, wrong('fumigationMasksWorking'), ['10(1)']],
  ['10(1) nobody counted heads', ...tobacco, wrong('fumigationCleared'), ['10(1)']],
  [
    '10(1) no fumigation',
    ...tobacco,
    {
      fumigationDetectorFitted: 'notApplicable',
      fumigationMasksFitted: 'notApplicable',
      fumigationCleared: 'notApplicable',
    },
    [],
  ],

  ['10(2) no carbon dioxide alarm', ...tobacco, wrong('carbonDioxideAlarmFitted'), ['10(2)']],
  ['10(2) the alarm is dead', ...tobacco, wrong('carbonDioxideAlarmWorking'), ['10(2)']],
  ['10(2) the alarm starts no fan', ...tobacco, wrong('carbonDioxideVentLinked'), ['10(2)']],
  ['10(2) no expanded tobacco', ...tobacco, { carbonDioxideAlarmFitted: 'notApplicable' }, []],
  ['10(2) warm stacks: general hazard', ...tobacco, wrong('tobaccoStacksCool'), []],
])
