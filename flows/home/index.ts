import { type Flow, lifted } from '../flow.ts'
import { type HomeEvent, home } from './home.machine.ts'
import { type HomeKnown, homeScreens, homeStanding } from './screens.ts'

export { standingKeys } from './screens.ts'

export const homeFlow: Flow<unknown, HomeEvent, HomeKnown> = {
  name: 'home',
  version: 1,
  migrate: lifted([]),
  machine: () => home,
  screen: homeScreens.resting,
  standing: homeStanding,
}
