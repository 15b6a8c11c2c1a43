import { type Flow, lifted, type SnapshotMigration } from '../flow.ts'
import { atHome, type HomeContext, type HomeEvent, home } from './home.machine.ts'
import {
  colleagueScreen,
  type HomeKnown,
  type HomePlace,
  type HomeState,
  homeScreens,
  homeStanding,
} from './screens.ts'

export { standingKeys } from './screens.ts'

const migrations: readonly SnapshotMigration[] = [
  /** v2: something may be in hand at home. */
  () => ({ value: 'resting', context: { ...atHome } }),
]

export const homeFlow: Flow<HomeContext, HomeEvent, HomeKnown> = {
  name: 'home',
  version: migrations.length + 1,
  migrate: lifted(migrations),
  machine: () => home,
  screen: (place) => (place.known.isColleague ? colleagueScreen() : rowOf(place)(place)),
  standing: (key, place) => (place.known.isColleague ? { type: 'status.asked' } : homeStanding(key, place)),
  settled: ({ evidenceId, outcome }) => ({ type: 'evidence.settled', evidenceId, outcome }),
}

function rowOf({ value }: HomePlace): (place: HomePlace) => ReturnType<(typeof homeScreens)[HomeState]> {
  if (!isHomeState(value)) throw new Error(`There is no screen at home for ${value}`)
  return homeScreens[value]
}

const isHomeState = (value: string): value is HomeState => value in homeScreens
