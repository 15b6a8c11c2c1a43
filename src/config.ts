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

const environmentSchema = z.object({
  PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(3000),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  PUBLIC_URL: z
    .url('must be an address such as https://anbiao.example.gov.cn')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  POLICY: z.string().min(1).default('shenzhen-trial'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

const wecomSchema = z.object({
  WECOM_CORP_ID: z.string().regex(/^w[a-z][0-9a-zA-Z]{10,32}$/, 'is the 企业ID, such as ww1234567890abcdef'),
  WECOM_AGENT_ID: z.coerce.number('is the AgentId, a number').int().positive(),
  WECOM_SECRET: z.string().min(20, 'is the Secret of the app, 20 characters or more'),
  WECOM_TOKEN: z.string().regex(/^[0-9a-zA-Z]{1,32}$/, 'is the Token of the callback: up to 32 letters and digits'),
  WECOM_ENCODING_AES_KEY: z.string().regex(/^[0-9a-zA-Z]{43}$/, 'is the EncodingAESKey: 43 letters and digits'),
  WECOM_API_BASE: z
    .url('must be an address')
    .transform((url) => url.replace(/\/+$/, ''))
    .default('https://qyapi.weixin.qq.com/cgi-bin'),
})

/**
 * Reads the environment. Either all of WECOM_* is there or none of it.
 * @throws ConfigError
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const general = environmentSchema.safeParse(given)
  const usesWecom = Object.keys(given).some((name) => name.startsWith('WECOM_') && name !== 'WECOM_API_BASE')
  const wecom = usesWecom ? wecomSchema.safeParse(given) : undefined
  const problems = [...problemsOf(general, given), ...(wecom ? problemsOf(wecom, given) : [])]
  if (wecom && !given.PUBLIC_URL) problems.push('PUBLIC_URL is missing: links in messages need it')
  if (problems.length > 0 || !general.success) throw new ConfigError(problems)
  return Object.freeze({ ...general.data, ...(wecom?.success && { wecom: wecomConfig(wecom.data) }) })
}

const problemsOf = (parsed: z.ZodSafeParseResult<unknown>, given: Readonly<Record<string, unknown>>) =>
  (parsed.error?.issues ?? []).map(({ path, message }) => {
    const name = path.join('.')
    return name in given
      ? `${name} ${message}`
      : `${name} is missing: it ${message.replace(/^Invalid input.*/, 'must be set')}`
  })

const wecomConfig = (values: z.output<typeof wecomSchema>): WecomConfig => ({
  corpId: values.WECOM_CORP_ID,
  agentId: values.WECOM_AGENT_ID,
  secret: values.WECOM_SECRET,
  token: values.WECOM_TOKEN,
  encodingAesKey: values.WECOM_ENCODING_AES_KEY,
  apiBase: values.WECOM_API_BASE,
})
