import { z } from 'zod'

/** Everything the surroundings decide, checked once. Immutable. */
export type Config = Readonly<z.output<typeof environmentSchema>> & {
  /** Absent: the simulator takes WeCom's place. */
  readonly wecom?: WecomConfig
}

export interface WecomConfig {
  readonly corpId: string
  readonly agentId: number
  readonly secret: string
  readonly token: string
  readonly encodingAesKey: string
  readonly apiBase: string
}

/** Names every variable that is missing or malformed, all at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  constructor(readonly problems: readonly string[]) {
    super(['The configuration is not usable:', ...problems.map((problem) => `  - ${problem}`)].join('\n'))
  }
}

/** A message says what the value has to be, so that it reads well both when it is missing and when it is wrong. */
const text = (form: RegExp, what: string) => z.string(what).regex(form, what)

const address = (what: string) =>
  z.url({ protocol: /^https?$/, hostname: /./, error: what }).transform((url) => url.replace(/\/+$/, ''))

const HOST = 'an address of this machine, such as 127.0.0.1 or 0.0.0.0'
const PORT = 'a port number from 0 to 65535'
/** Of the simulator. */
const POLICY = 'shenzhen-trial'
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

const environmentSchema = z.object({
  PORT: text(/^\d+$/, PORT).transform(Number).pipe(z.number().max(65_535, PORT)).default(3000),
  HOST: text(/^[0-9a-zA-Z.:-]+$/, HOST).optional(),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: text(/^postgres(ql)?:\/\//, 'an address that begins with postgres://').optional(),
  PUBLIC_URL: address('an address such as https://anbiao.example.gov.cn').optional(),
  POLICY: z.string().default(POLICY),
  LOG_LEVEL: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`).default('info'),
})

const wecomSchema = z.object({
  WECOM_CORP_ID: text(/^w[a-z][0-9a-zA-Z]{10,32}$/, 'the CorpID of the enterprise, such as ww1234567890abcdef'),
  WECOM_AGENT_ID: text(/^[1-9]\d{0,14}$/, 'the AgentId of the app, a number such as 1000002').transform(Number),
  WECOM_SECRET: text(/^\S{20,}$/, 'the Secret of the app, 20 characters or more'),
  WECOM_TOKEN: text(/^[0-9a-zA-Z]{1,32}$/, 'the Token of the callback, up to 32 letters and digits'),
  WECOM_ENCODING_AES_KEY: text(/^[0-9a-zA-Z]{43}$/, 'the EncodingAESKey of the callback, 43 letters and digits'),
  WECOM_API_BASE: address('an address such as https://qyapi.weixin.qq.com/cgi-bin').default(
    'https://qyapi.weixin.qq.com/cgi-bin',
  ),
})

/**
 * Reads the environment; an empty value is none. Either all of WECOM_* is there, with POLICY, or none of it.
 * @param policies the ids there are, where the caller knows
 * @throws ConfigError
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  policies?: readonly string[],
): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value))
  const general = environmentSchema.safeParse(given)
  const usesWecom = Object.keys(given).some((name) => name.startsWith('WECOM_') && name !== 'WECOM_API_BASE')
  const wecom = usesWecom ? wecomSchema.safeParse(given) : undefined
  const problems = [...problemsOf(general, given), ...(wecom ? [...problemsOf(wecom, given), ...strangers(given)] : [])]
  if (usesWecom && !given.POLICY) problems.push(policyMissing(policies))
  if (policies && !policies.includes(given.POLICY ?? POLICY)) problems.push(policyProblem(policies))
  if (wecom && !given.PUBLIC_URL) problems.push('PUBLIC_URL is missing: links in messages need it')
  if (problems.length > 0 || !general.success) throw new ConfigError(problems)
  return Object.freeze({ ...general.data, ...(wecom?.success && { wecom: wecomConfig(wecom.data) }) })
}

/** For enterprises of a real corp nobody but the operator may say which rules hold. */
const policyMissing = (policies: readonly string[] = []) =>
  [
    'POLICY is missing: a real corp has to choose its rules',
    ...(policies.length > 0 ? [policies.join(', ')] : []),
  ].join(': ')

export const policyProblem = (policies: readonly string[]) => `POLICY must be one of ${policies.join(', ')}`

const SIMULATOR = 'simulator'

/** Whom the house speaks to: the CorpID, or the simulator. */
export const channelOf = ({ wecom }: Config): string => wecom?.corpId ?? SIMULATOR

/** Why a database that serves one channel cannot serve another: its people are those of the first. */
export function channelProblem(served: string, asked: string): string {
  const name = (channel: string) => (channel === SIMULATOR ? 'the simulator' : `the corp ${channel}`)
  const missing = asked === SIMULATOR ? ' (WECOM_* is not set; is .env missing?)' : ''
  return `WECOM_CORP_ID: this database belongs to ${name(served)} and cannot serve ${name(asked)}${missing}; put the setting right, or use another DATA_DIR or DATABASE_URL`
}

/** Never the value itself: it may be a secret. */
const problemsOf = (parsed: z.ZodSafeParseResult<unknown>, given: Readonly<Record<string, unknown>>) =>
  (parsed.error?.issues ?? []).map(({ path, message }) => {
    const name = path.join('.')
    return name in given ? `${name} must be ${message}` : `${name} is missing: ${message}`
  })

/** A misspelt name would otherwise go unnoticed beside a default. */
const strangers = (given: Readonly<Record<string, unknown>>) =>
  Object.keys(given)
    .filter((name) => name.startsWith('WECOM_') && !(name in wecomSchema.shape))
    .map((name) => `${name} is no setting; there are ${Object.keys(wecomSchema.shape).join(', ')}`)

const wecomConfig = (values: z.output<typeof wecomSchema>): WecomConfig => ({
  corpId: values.WECOM_CORP_ID,
  agentId: values.WECOM_AGENT_ID,
  secret: values.WECOM_SECRET,
  token: values.WECOM_TOKEN,
  encodingAesKey: values.WECOM_ENCODING_AES_KEY,
  apiBase: values.WECOM_API_BASE,
})
