import type { HomeEffect } from '../../../flows/home/home.machine.ts'
import type { HomePlace } from '../../../flows/home/screens.ts'
import { checklistOf } from '../../checklist/checklist.ts'
import {
  type HazardNamed,
  hazardById,
  hazardDone,
  hazardRegister,
  reopenHazard,
  setHazardDue,
  setHazardPerson,
} from '../../rectification/index.ts'
import { circled, longDate } from '../../replies/figures.ts'
import { hazardLines } from '../../replies/hazards.ts'
import { settledLines } from '../../replies/scopes/home.ts'
import { hazardRegisterLink } from '../../standardization/index.ts'
import { assessmentOf } from '../../storage/assessments.ts'
import { acceptProof, storeEvidence } from '../../storage/evidence.ts'
import { type Said, speakingTo, type Unit } from './shell.ts'

type Effect<Type extends HomeEffect['type']> = Extract<HomeEffect, { type: Type }>

/** The register in the chat: what is open, then what is put right and seen by the regulator; and where the file is. */
export async function registerLines(unit: Unit, enterpriseId: string): Promise<Said[]> {
  const speaking = speakingTo(unit)
  const { t } = speaking
  const register = await hazardRegister(unit.trx, enterpriseId)
  const open = register.some(({ state }) => state === 'open')
  const settled = register.filter(({ state }) => state !== 'open').slice(-SHOWN)
  return [
    ...hazardLines(register, speaking),
    ...(settled.length > 0
      ? [t('home.settledHazards', { count: settled.length, lines: settledLines(settled, speaking) })]
      : []),
    ...(open ? [t('home.howToSettle')] : []),
    ...(register.length > 0 ? [t('home.downloadRegister', { url: hazardRegisterLink(unit.house, enterpriseId) })] : []),
  ].map((note) => ({ note }))
}

/** Of what is put right, the newest. */
const SHOWN = 10

/** A photo of the assessment in which the hazard was found; what it shows is asked next. */
export async function photoStored(unit: Unit, { hazardId, evidenceId, mediaId }: Effect<'storeEvidence'>) {
  const { trx, house, message, at } = unit
  const hazard = await hazardById(trx, named(unit, hazardId))
  if (!hazard) throw new Error(`The enterprise has no hazard ${hazardId}`)
  const { refs } = await assessmentOf(trx, hazard.assessmentId)
  await storeEvidence(trx, {
    id: evidenceId,
    assessmentId: hazard.assessmentId,
    itemId: hazard.itemId,
    position: checklistOf(house.library, refs).positions.get(hazard.itemId) ?? -1,
    contact: message.contact,
    rectifies: false,
    mediaId,
    at,
  })
}

/** A major hazard only with a photo. */
export async function hazardSettled(
  unit: Unit,
  { hazardId, evidenceId }: Effect<'settleHazard'>,
  place: HomePlace,
): Promise<Said[]> {
  const { t } = speakingTo(unit)
  const mark = markOf(place, hazardId)
  const isMajor = place.known.hazards.some(({ id, grade }) => id === hazardId && grade === 'major')
  if (isMajor && evidenceId === null) return [{ note: t('home.proofNeeded', { mark }) }]
  const { type } = await hazardDone(unit.trx, unit.house, { ...named(unit, hazardId), evidenceId })
  if (type !== 'ok') return [{ note: t('home.refused.hazardSettled') }]
  if (evidenceId === null) return [{ note: t('home.hazardDone', { mark }) }]
  await acceptProof(unit.trx, evidenceId)
  return [{ note: t('home.hazardDoneWithPhoto', { mark }) }]
}

/** What rested on a photo that never arrived is open again. */
export async function photoLost(
  unit: Unit,
  { evidenceId, outcome, inHand }: Effect<'reportLostEvidence'>,
): Promise<Said[]> {
  const register = await hazardRegister(unit.trx, enterpriseIdOf(unit))
  const hazard = register.find((each) => each.evidenceId === evidenceId || each.id === inHand)
  if (!hazard || outcome === 'stored') return []
  if (hazard.evidenceId === evidenceId) await reopenHazard(unit.trx, unit.house, named(unit, hazard.id))
  return [{ note: speakingTo(unit).t(`home.photoLost.${outcome}`, { mark: circled(hazard.number) }) }]
}

export async function hazardDueSet(
  unit: Unit,
  { hazardId, date }: Effect<'setDue'>,
  place: HomePlace,
): Promise<Said[]> {
  const { t, language, today } = speakingTo(unit)
  const day = (on: string) => longDate(on, language, today)
  const outcome = await setHazardDue(unit.trx, unit.house, { ...named(unit, hazardId), dueOn: date })
  switch (outcome.type) {
    case 'ok':
      return [{ note: t('home.dueSet', { mark: markOf(place, hazardId), on: day(date) }) }]
    case 'inThePast':
      return [{ note: t('home.dueInThePast', { on: day(date) }) }]
    case 'tooLate':
      return [{ note: t('home.dueTooLate', { latest: day(outcome.latest) }) }]
    case 'notSo':
    case 'unknown':
      return [{ note: t('home.refused.hazardSettled') }]
  }
}

export async function hazardPersonSet(
  unit: Unit,
  { hazardId, person }: Effect<'setPerson'>,
  place: HomePlace,
): Promise<Said[]> {
  const { t } = speakingTo(unit)
  const { type } = await setHazardPerson(unit.trx, unit.house, { ...named(unit, hazardId), person })
  if (type !== 'ok') return [{ note: t('home.refused.hazardSettled') }]
  return [{ note: t('home.personSet', { mark: markOf(place, hazardId), person }) }]
}

const markOf = ({ known }: HomePlace, hazardId: string) =>
  circled(known.hazards.find(({ id }) => id === hazardId)?.number ?? 0)

const named = (unit: Unit, hazardId: string): HazardNamed => ({
  enterpriseId: enterpriseIdOf(unit),
  hazardId,
  by: `owner:${unit.message.contact}`,
  at: unit.at,
})

function enterpriseIdOf({ conversation: { enterprise } }: Unit): string {
  if (!enterprise) throw new Error('Only an enrolled owner has a register')
  return enterprise.id
}
