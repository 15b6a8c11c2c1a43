export { hazardById, hazardRegister, type NumberedHazard, openHazards } from '../storage/hazards.ts'
export * from './hazard-answered.ts'
export * from './register.ts'
