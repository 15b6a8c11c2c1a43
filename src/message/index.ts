export * from './inbound.ts'
export * from './reply.ts'
