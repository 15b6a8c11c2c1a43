import { z } from 'zod'
import type { LanguageModelSettings } from './language-model/language-model.ts'

/** Everything the surroundings decide, checked once. Immutable. */
export type Config = Readonly<z.output<typeof environmentSchema>> & {
  /** Absent: the simulator takes WeCom's place. */
  readonly wecom?: WecomConfig
  /** Absent: no language model is asked. */
  readonly languageModel?: LanguageModelSettings
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

const MODEL_URL =
  'an address that begins with https://, or with http:// on this machine, such as https://api.example.com/v1'
const MODEL_TIMEOUT = 'a number of milliseconds from 100 to 3000'

const languageModelSchema = z.object({
  // What owners say is read by nobody on the way.
  LANGUAGE_MODEL_URL: z
    .url({ protocol: /^https?$/, hostname: /./, error: MODEL_URL })
    .transform((url) => url.replace(/\/+$/, ''))
    .refine(isConfidential, MODEL_URL),
  LANGUAGE_MODEL_KEY: text(/^[\x21-\x7e]+$/, 'the key of the API, without blanks').optional(),
  LANGUAGE_MODEL_NAME: text(/^\S+$/, 'the name of a model, such as qwen-plus'),
  // WeCom delivers again after five seconds.
  LANGUAGE_MODEL_TIMEOUT_MS: text(/^\d+$/, MODEL_TIMEOUT)
    .transform(Number)
    .pipe(z.number(MODEL_TIMEOUT).min(100, MODEL_TIMEOUT).max(3000, MODEL_TIMEOUT))
    .default(2000),
})

function isConfidential(url: string): boolean {
  const { protocol, hostname, username, search, hash } = new URL(url)
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
  return (protocol === 'https:' || isLoopback) && username === '' && search === '' && hash === ''
}

/**
 * Reads the environment; an empty value is none. Either all of WECOM_* is there, with POLICY, or none of it, and so with
 * LANGUAGE_MODEL_*, of which key and time limit may be left out.
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
  const usesModel = Object.keys(given).some((name) => name.startsWith('LANGUAGE_MODEL_'))
  const model = usesModel ? languageModelSchema.safeParse(given) : undefined
  const problems = [
    ...problemsOf(general, given),
    ...(wecom ? [...problemsOf(wecom, given), ...strangers(given, 'WECOM_', wecomSchema.shape)] : []),
    ...(model ? [...problemsOf(model, given), ...strangers(given, 'LANGUAGE_MODEL_', languageModelSchema.shape)] : []),
  ]
  if (usesWecom && !given.POLICY) problems.push(policyMissing(policies))
  if (policies && !policies.includes(given.POLICY ?? POLICY)) problems.push(policyProblem(policies))
  if (wecom && !given.PUBLIC_URL) problems.push('PUBLIC_URL is missing: links in messages need it')
  if (problems.length > 0 || !general.success) throw new ConfigError(problems)
  return Object.freeze({
    ...general.data,
    ...(wecom?.success && { wecom: wecomConfig(wecom.data) }),
    ...(model?.success && { languageModel: languageModelConfig(model.data) }),
  })
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
const strangers = (given: Readonly<Record<string, unknown>>, prefix: string, settings: object) =>
  Object.keys(given)
    .filter((name) => name.startsWith(prefix) && !(name in settings))
    .map((name) => `${name} is no setting; there are ${Object.keys(settings).join(', ')}`)

const wecomConfig = (values: z.output<typeof wecomSchema>): WecomConfig => ({
  corpId: values.WECOM_CORP_ID,
  agentId: values.WECOM_AGENT_ID,
  secret: values.WECOM_SECRET,
  token: values.WECOM_TOKEN,
  encodingAesKey: values.WECOM_ENCODING_AES_KEY,
  apiBase: values.WECOM_API_BASE,
})

const languageModelConfig = (values: z.output<typeof languageModelSchema>): LanguageModelSettings => ({
  url: values.LANGUAGE_MODEL_URL,
  ...(values.LANGUAGE_MODEL_KEY !== undefined && { key: values.LANGUAGE_MODEL_KEY }),
  name: values.LANGUAGE_MODEL_NAME,
  timeoutMs: values.LANGUAGE_MODEL_TIMEOUT_MS,
})
