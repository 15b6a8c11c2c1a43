import { testClauses, wrong } from './clauses-support.ts'

const washing = ['machinery', ['solventCleaning']] as const
const painting = ['machinery', ['sprayPainting', 'solventPaint']] as const
const furniture = ['light-industry', ['sprayPainting', 'solventPaint']] as const

testClauses([
  ['7(6) vapour gathers in pits', ...washing, wrong('solventVapourControlFitted'), ['7(6)']],
  ['7(6) the exhaust was not on', ...washing, wrong('solventVapourControlWorking'), ['7(6)']],
  ['7(6) open rags: general hazard', ...washing, wrong('solventRagsCovered'), []],
  ['7(6) speaks of 机械 alone', 'light-industry', ['solventCleaning'], wrong('solventVapourControlFitted'), []],

  ['7(7) an alarm, but no ventilation', ...painting, wrong('paintVentilationFitted'), ['7(7)']],
  ['7(7) ventilation, but no alarm', ...painting, wrong('paintGasAlarmFitted'), ['7(7)']],
  ['7(7) the alarm is dead', ...painting, wrong('paintGasAlarmWorking'), ['7(7)']],
  ['7(7) the fan stands still', ...painting, wrong('paintVentilationWorking'), ['7(7)']],
  [
    '7(7) water-based paint',
    ...painting,
    { paintGasAlarmFitted: 'notApplicable', paintVentilationFitted: 'notApplicable' },
    [],
  ],
  ['7(7) too much paint in the booth: general hazard', ...painting, wrong('paintStockSmall'), []],

  ['8(6) a furniture maker without alarm', ...furniture, wrong('paintGasAlarmFitted'), ['8(6)']],
  ['8(6) without ventilation', ...furniture, wrong('paintVentilationFitted'), ['8(6)']],
  ['8(6) the alarm is dead', ...furniture, wrong('paintGasAlarmWorking'), ['8(6)']],
  ['8(6) the fan stands still', ...furniture, wrong('paintVentilationWorking'), ['8(6)']],
  [
    '8(6) water-based paint',
    ...furniture,
    { paintGasAlarmFitted: 'notApplicable', paintVentilationFitted: 'notApplicable' },
    [],
  ],
  ['8(6) a lithium-battery maker is 轻工', 'lithium-battery', ['solventPaint'], wrong('paintGasAlarmFitted'), ['8(6)']],
  ['neither speaks of textiles', 'textile', ['solventPaint'], wrong('paintGasAlarmFitted'), []],
])
