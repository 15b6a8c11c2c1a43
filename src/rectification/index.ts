export { hazardById, hazardRegister, hazardShownBy, type NumberedHazard, openHazards } from '../storage/hazards.ts'
export * from './hazard-answered.ts'
export * from './register.ts'
