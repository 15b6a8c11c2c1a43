import { expect, test } from 'vitest'
import { ConfigError, readConfig } from '../src/config.ts'

const corp = {
  WECOM_CORP_ID: 'ww1234567890abcdef',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'a-secret-nobody-may-read-in-a-log',
  WECOM_TOKEN: 'TokenOfTheCallback',
  WECOM_ENCODING_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  PUBLIC_URL: 'https://anbiao.example.gov.cn/',
  POLICY: 'national-2021',
}

test('nothing needs to be set: the simulator takes the place of WeCom', () => {
  expect(readConfig({})).toEqual({ PORT: 3000, DATA_DIR: 'data', POLICY: 'shenzhen-trial', LOG_LEVEL: 'info' })
})

test('an empty value is none', () => {
  expect(readConfig({ PORT: '', DATA_DIR: '', WECOM_SECRET: '' })).toEqual(readConfig({}))
})

test('a corp, with its addresses freed of slashes at the end', () => {
  const config = readConfig({ ...corp, WECOM_API_BASE: 'http://127.0.0.1:4000/cgi-bin/', PORT: '8080' })
  expect(config).toMatchObject({ PORT: 8080, PUBLIC_URL: 'https://anbiao.example.gov.cn' })
  expect(config.wecom).toEqual({
    corpId: 'ww1234567890abcdef',
    agentId: 1000002,
    secret: 'a-secret-nobody-may-read-in-a-log',
    token: 'TokenOfTheCallback',
    encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
    apiBase: 'http://127.0.0.1:4000/cgi-bin',
  })
})

test('the real WeCom is spoken to unless another address is given', () => {
  expect(readConfig(corp).wecom?.apiBase).toBe('https://qyapi.weixin.qq.com/cgi-bin')
})

test('a stand-in address alone is no corp', () => {
  expect(readConfig({ WECOM_API_BASE: 'http://127.0.0.1:4000' }).wecom).toBeUndefined()
})

test('the configuration cannot be changed', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true)
})

test('all problems are told at once', () => {
  const { PUBLIC_URL: _, WECOM_SECRET: __, ...incomplete } = corp
  expect(problemsIn({ ...incomplete, PORT: 'http', LOG_LEVEL: 'loud', WECOM_TOKEN: 'with-dash' })).toEqual([
    'PORT must be a port number from 0 to 65535',
    'LOG_LEVEL must be one of fatal, error, warn, info, debug, silent',
    'WECOM_SECRET is missing: the Secret of the app, 20 characters or more',
    'WECOM_TOKEN must be the Token of the callback, up to 32 letters and digits',
    'PUBLIC_URL is missing: links in messages need it',
  ])
})

test.for(Object.keys(corp))('%s alone missing is one problem', (name) => {
  const problems = problemsIn({ ...corp, [name]: undefined })
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} is missing: .+`))])
})

test('one variable of a corp asks for all the others', () => {
  expect(problemsIn({ WECOM_SECRET: corp.WECOM_SECRET }).map((problem) => problem.split(' ')[0])).toEqual([
    'WECOM_CORP_ID',
    'WECOM_AGENT_ID',
    'WECOM_TOKEN',
    'WECOM_ENCODING_AES_KEY',
    'POLICY',
    'PUBLIC_URL',
  ])
})

test('the simulator has its rules, a real corp chooses them among those there are', () => {
  const { POLICY: _, ...withoutRules } = corp
  expect(readConfig({}, ['national-2021', 'shenzhen-trial']).POLICY).toBe('shenzhen-trial')
  expect(() => readConfig(withoutRules, ['national-2021', 'shenzhen-trial'])).toThrow(
    /POLICY is missing: a real corp has to choose its rules: national-2021, shenzhen-trial/,
  )
})

test('a misspelt name is told', () => {
  const problems = problemsIn({ ...corp, WECOM_APIBASE: 'http://127.0.0.1:4000' })
  expect(problems).toEqual([expect.stringContaining('WECOM_APIBASE is no setting; there are WECOM_CORP_ID, ')])
})

test.for([
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['PORT', ' '],
  ['DATABASE_URL', 'mysql://localhost/anbiao'],
  ['PUBLIC_URL', 'localhost:3000'],
  ['PUBLIC_URL', 'ftp://anbiao.example.gov.cn'],
  ['WECOM_CORP_ID', 'anbiao'],
  ['WECOM_AGENT_ID', '0'],
  ['WECOM_AGENT_ID', '1e6'],
  ['WECOM_SECRET', 'short'],
  ['WECOM_SECRET', 'twenty characters with blanks'],
  ['WECOM_ENCODING_AES_KEY', 'x'.repeat(42)],
  ['WECOM_ENCODING_AES_KEY', '+'.repeat(43)],
  ['WECOM_API_BASE', 'qyapi.weixin.qq.com'],
] as const)('%s is not "%s"', ([name, value]) => {
  const problems = problemsIn({ ...corp, [name]: value })
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} must be .+`))])
})

const model = { LANGUAGE_MODEL_URL: 'https://api.example.com/v1/', LANGUAGE_MODEL_NAME: 'qwen-plus' }

test('no language model is asked unless one is set; key and time limit may be left out', () => {
  expect(readConfig({}).languageModel).toBeUndefined()
  const asked = { url: 'https://api.example.com/v1', name: 'qwen-plus', timeoutMs: 2000 }
  expect(readConfig(model).languageModel).toEqual(asked)
  const more = { LANGUAGE_MODEL_KEY: 'sk-1', LANGUAGE_MODEL_TIMEOUT_MS: '800' }
  expect(readConfig({ ...model, ...more }).languageModel).toEqual({ ...asked, key: 'sk-1', timeoutMs: 800 })
})

test.for(['http://127.0.0.1:11434/v1', 'http://localhost:8000/v1', 'http://[::1]:8000/v1'])(
  'a model on this machine needs no https: %s',
  (url) => {
    expect(readConfig({ ...model, LANGUAGE_MODEL_URL: url }).languageModel?.url).toBe(url)
  },
)

test('half a language model is told, and a misspelt name', () => {
  expect(problemsIn({ LANGUAGE_MODEL_KEY: 'sk-1' }).map((problem) => problem.split(' is missing')[0])).toEqual([
    'LANGUAGE_MODEL_URL',
    'LANGUAGE_MODEL_NAME',
  ])
  expect(problemsIn({ ...model, LANGUAGE_MODEL_TIMEOUT: '800' })).toEqual([
    expect.stringContaining('LANGUAGE_MODEL_TIMEOUT is no setting; there are LANGUAGE_MODEL_URL, '),
  ])
})

test.for([
  ['LANGUAGE_MODEL_URL', 'http://api.example.com/v1'],
  ['LANGUAGE_MODEL_URL', 'http://localhost.example.com/v1'],
  ['LANGUAGE_MODEL_URL', 'http://192.168.1.20:8000/v1'],
  ['LANGUAGE_MODEL_URL', 'https://key@api.example.com/v1'],
  ['LANGUAGE_MODEL_URL', 'https://api.example.com/v1?key=1'],
  ['LANGUAGE_MODEL_URL', 'models.example.com'],
  ['LANGUAGE_MODEL_KEY', 'sk 1'],
  ['LANGUAGE_MODEL_NAME', 'a b'],
  ['LANGUAGE_MODEL_TIMEOUT_MS', '99'],
  ['LANGUAGE_MODEL_TIMEOUT_MS', '3001'],
  ['LANGUAGE_MODEL_TIMEOUT_MS', '2s'],
] as const)('%s is not "%s"', ([name, value]) => {
  const problems = problemsIn({ ...model, [name]: value })
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} must be .+`))])
  expect(problems.join()).not.toContain(value)
})

test('a wrong value is never repeated: it may be a secret', () => {
  const secret = 'half a secret'
  const wrong = { WECOM_SECRET: secret, WECOM_TOKEN: secret, WECOM_ENCODING_AES_KEY: secret, DATABASE_URL: secret }
  expect(problemsIn({ ...corp, ...wrong })).toHaveLength(4)
  expect(problemsIn({ ...corp, ...wrong }).join('\n')).not.toContain(secret)
})

function problemsIn(environment: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}
