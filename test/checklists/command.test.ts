import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { checklistReport } from '../../src/cli/checklists.ts'
import { checklistsFolder } from './support.ts'

const root = new URL('../../', import.meta.url).pathname

const run = (...options: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli/checklists.ts', ...options], { cwd: root })

test('--json prints one object and succeeds', async () => {
  const { stdout } = await run('--json')
  expect(JSON.parse(stdout)).toEqual(checklistReport(checklistsFolder))
})

test('without --json a person can read it', async () => {
  const { stdout } = await run()
  expect(stdout).toMatch(/machinery \d+/)
  expect(stdout).toMatch(/No problems\.\n$/)
})

test('a problem makes it fail, and is printed all the same', async () => {
  const failure = await run('--json', '--folder', 'test/checklists').catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 1 })
  const { stdout } = failure as { stdout: string }
  expect(JSON.parse(stdout).problems[0]).toEqual({
    file: 'site-profile.yaml',
    line: 1,
    rule: 'missing',
    message: 'The file is missing or cannot be read',
  })
})
