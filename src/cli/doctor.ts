import { parseArgs } from 'node:util'
import { config as readDotenv } from 'dotenv'
import { type Finding, findingsOf } from './doctor/finding.ts'

/** better-sqlite3 crashes on Node 20 while it is loaded, so what needs it is loaded after a look at the version. */
const LEAST_NODE = 24

/** What several in a row ask for is said once, after the last. */
const shown = ({ check, verdict, finding, toDo }: Finding, index: number, all: readonly Finding[]) => {
  const isSaidBelow = all[index + 1]?.toDo === toDo
  return `${verdict.padEnd(8)} ${check}: ${finding}${toDo && !isSaidBelow ? `\n         > ${toDo}` : ''}`
}

function summary(findings: readonly Finding[]): string {
  const count = (verdict: Finding['verdict']) => findings.filter((each) => each.verdict === verdict).length
  return `\nProblems: ${count('problem')}, warnings: ${count('warning')}.`
}

function nodeVersion(): Finding {
  const { ok, problem } = findingsOf('Node')
  const { node } = process.versions
  return Number.parseInt(node, 10) >= LEAST_NODE
    ? ok(node)
    : problem(`${node} is too old`, 'Run npm ci, then npm run doctor: that uses the Node that npm ci installs.')
}

async function everyFinding(): Promise<Finding[]> {
  const node = nodeVersion()
  if (node.verdict !== 'ok') return [node]
  const { diagnosis } = await import('./doctor/diagnosis.ts')
  return [node, ...(await diagnosis(process.env, () => new Date()))]
}

const { values } = parseArgs({ options: { json: { type: 'boolean' } } })
readDotenv({ quiet: true })
const findings = await everyFinding()
console.log(values.json ? JSON.stringify(findings) : [...findings.map(shown), summary(findings)].join('\n'))
if (findings.some(({ verdict }) => verdict === 'problem')) process.exitCode = 1
