import { parseArgs } from 'node:util'
import { type Finding, findingsOf } from './finding.ts'

/** better-sqlite3 crashes on Node 20 while it is loaded, so what needs it is loaded after a look at the version. */
const LEAST_NODE = 24

/**
 * What `npm run doctor` finds and prints, with its exit code.
 * @param words what follows its name
 */
export async function doctor(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly code: number; readonly stdout: string }> {
  const { values } = parseArgs({ args: [...words], options: { json: { type: 'boolean' } } })
  const findings = await everyFinding(environment)
  return {
    code: findings.some(({ verdict }) => verdict === 'problem') ? 1 : 0,
    stdout: `${values.json ? JSON.stringify(findings) : [...findings.map(shown), summary(findings)].join('\n')}\n`,
  }
}

async function everyFinding(environment: Parameters<typeof doctor>[1]): Promise<Finding[]> {
  const node = nodeVersion()
  if (node.verdict !== 'ok') return [node]
  const { diagnosis } = await import('./diagnosis.ts')
  return [node, ...(await diagnosis(environment, () => new Date()))]
}

function nodeVersion(): Finding {
  const { ok, problem } = findingsOf('Node')
  const { node } = process.versions
  return Number.parseInt(node, 10) >= LEAST_NODE
    ? ok(node)
    : problem(`${node} is too old`, 'Run npm ci, then npm run doctor: that uses the Node that npm ci installs.')
}

/** What several in a row ask for is said once, after the last. */
const shown = ({ check, verdict, finding, toDo }: Finding, index: number, all: readonly Finding[]) => {
  const isSaidBelow = all[index + 1]?.toDo === toDo
  return `${verdict.padEnd(8)} ${check}: ${finding}${toDo && !isSaidBelow ? `\n         > ${toDo}` : ''}`
}

function summary(findings: readonly Finding[]): string {
  const count = (verdict: Finding['verdict']) => findings.filter((each) => each.verdict === verdict).length
  return `\nProblems: ${count('problem')}, warnings: ${count('warning')}.`
}
