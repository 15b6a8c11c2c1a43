/** The values a bot needs to talk to one app of one corp; the same names as in the WeCom console. */
export interface SimulatorCorp {
  readonly corpId: string
  readonly agentId: number
  readonly secret: string
  readonly token: string
  readonly encodingAesKey: string
}

/** Made-up credentials, right in form and wrong everywhere but here. */
export const simulatorCorp: SimulatorCorp = {
  corpId: 'ww51a7e0c0de51a7e0',
  agentId: 1000002,
  secret: 'simulator-secret-is-no-secret-0123456789abc',
  token: 'SimulatorToken2026',
  encodingAesKey: 'SimulatorOnlyKeyNotSecret0123456789abcdefgU',
}
