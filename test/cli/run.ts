import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command of `src/cli` as an operator would, in surroundings of its own: nothing of ours leaks in. */
export function run(command: string, args: readonly string[], environment: Record<string, string>): Promise<Ended> {
  const file = fileURLToPath(new URL(`../../src/cli/${command}.ts`, import.meta.url))
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { env: { PATH, HOME, ...environment } })
  const read = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    read.stdout += chunk
  })
  child.stderr.on('data', (chunk: Buffer) => {
    read.stderr += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...read }))
  })
}
