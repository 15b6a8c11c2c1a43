/** Keys that stay good for as long as the reminder that carries them: of `done` the hazard follows the last dot. */
export const registerKeys = {
  done: 'go.hazard',
  register: 'go.hazards',
  resume: 'go.resume',
  mute: 'go.mute',
} as const
