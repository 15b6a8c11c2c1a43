import { testClauses, wrong } from './clauses-support.ts'

const dust = ['light-industry', ['combustibleDust']] as const
const dry = ['light-industry', ['combustibleDust', 'dryCollectors']] as const
const metal = ['machinery', ['metalDust']] as const
const crushers = ['light-industry', ['dustCrushers']] as const
const sanders = ['light-industry', ['woodSanders']] as const

testClauses([
  ['11(1) office in the dusty workshop', ...dust, wrong('dustPeopleKeptOut'), ['11(1)']],
  ['11(1) several storeys without a frame', ...dust, wrong('dustBuildingFramed'), ['11(1)']],
  ['11(1) one storey', ...dust, { dustBuildingFramed: 'notApplicable' }, []],

  ['11(2) two dusts in one system', ...metal, wrong('dustSystemsUnmixed'), ['11(2)']],
  ['11(2) one system for two fire compartments', ...dust, wrong('dustSystemsPerArea'), ['11(2)']],
  ['11(2) no dedusting', ...dust, { dustSystemsUnmixed: 'notApplicable', dustSystemsPerArea: 'notApplicable' }, []],

  ['11(3) no venting, inerting or suppression', ...dry, wrong('collectorExplosionControlFitted'), ['11(3)']],
  ['11(3) the vent is blocked', ...dry, wrong('collectorExplosionControlWorking'), ['11(3)']],
  ['11(3) no dry collector after all', ...dry, { collectorExplosionControlFitted: 'notApplicable' }, []],
  ['11(3) no pressure gauge: general hazard', ...dry, wrong('collectorPressureWatched'), []],

  ['11(4) metal dust blown', ...metal, wrong('metalDustSuction'), ['11(4)']],
  ['11(4) other dust blown without spark guard', ...dry, wrong('blownDustSparkFitted'), ['11(4)']],
  ['11(4) the spark guard is dead', ...dry, wrong('blownDustSparkWorking'), ['11(4)']],
  ['11(4) other dust sucked', ...dry, { blownDustSparkFitted: 'notApplicable' }, []],

  ['11(5) settling chamber', ...dust, wrong('dustDuctsSound'), ['11(5)']],
  ['11(5) no dedusting', ...dust, { dustDuctsSound: 'notApplicable' }, []],

  ['11(6) no airlock', ...dry, wrong('dustAirlockFitted'), ['11(6)']],
  ['11(6) the airlock is stuck', ...dry, wrong('dustAirlockWorking'), ['11(6)']],
  ['11(6) neither metal nor wood', ...dry, { dustAirlockFitted: 'notApplicable' }, []],

  ['11(7) ordinary electrics in the collector', ...dust, wrong('dustElectricsExplosionProof'), ['11(7)']],
  ['11(7) no electrics inside', ...dust, { dustElectricsExplosionProof: 'notApplicable' }, []],

  ['11(8) no magnet before the mill', ...crushers, wrong('trampRemoverFitted'), ['11(8)']],
  ['11(8) the magnet is full', ...crushers, wrong('trampRemoverWorking'), ['11(8)']],
  ['11(8) no spark guard on the sander', ...sanders, wrong('sanderSparkFitted'), ['11(8)']],
  ['11(8) its water is shut off', ...sanders, wrong('sanderSparkWorking'), ['11(8)']],
  ['11(8) a sander in order and no mill: its magnet is not asked about', ...sanders, {}, []],

  ['11(9) hydrogen cannot escape', ...metal, wrong('hydrogenVentFitted'), ['11(9)']],
  ['11(9) the vent is shut', ...metal, wrong('hydrogenVentWorking'), ['11(9)']],
  ['11(9) dry metal dust gets wet', ...metal, wrong('metalDustKeptDry'), ['11(9)']],
  ['11(9) all dust collected wet', ...metal, { metalDustKeptDry: 'notApplicable' }, []],
  ['11(9) no water alarm: general hazard', ...metal, wrong('wetCollectorInterlockFitted'), []],

  ['11(10) thick dust', ...dust, wrong('dustLayersThin'), ['11(10)']],
  ['11(10) no cleaning records, but no thick dust', ...dust, wrong('dustCleanedEveryShift'), []],
  [
    '11(10) neither cleaned nor thin',
    ...dust,
    { dustCleanedEveryShift: 'nonconforming', dustLayersThin: 'nonconforming' },
    ['11(10)'],
  ],

  ['article 11 holds in every industry', 'commerce', ['combustibleDust'], wrong('dustPeopleKeptOut'), ['11(1)']],
])
