import { readdirSync } from 'node:fs'
import { documentsSchema } from '../checklist/schema.ts'
import { ChecklistFileError, type FileProblem, yamlFile } from '../checklist/yaml-file.ts'
import { type Policy, policySchema } from './policy.ts'

/**
 * Every policy of `policies/` by its id.
 * @param folder the `checklists/` folder, with a slash at its end
 * @throws ChecklistFileError naming every problem at once
 */
export function loadPolicies(folder: URL): Map<string, Policy> {
  const problems: FileProblem[] = []
  const policies = readPolicies(folder, problems)
  if (problems.length > 0) throw new ChecklistFileError(problems)
  return policies
}

/** The same, for those who want the problems as a list. */
export function readPolicies(folder: URL, problems: FileProblem[]): Map<string, Policy> {
  const policies = new Map<string, Policy>()
  const known = yamlFile(folder, 'documents.yaml', documentsSchema, [])?.data.documents.map((each) => each.id)
  for (const name of policyFiles(folder, problems)) {
    const read = yamlFile(folder, `policies/${name}`, policySchema, problems)
    if (!read) continue
    const { id, document } = read.data
    if (`${id}.yaml` !== name) problems.push(read.problem(['id'], 'fileName', `The policy ${id} belongs in ${id}.yaml`))
    if (known?.includes(document) === false)
      problems.push(read.problem(['document'], 'clauseDocument', `documents.yaml has no ${document}`))
    policies.set(id, read.data)
  }
  return policies
}

function policyFiles(folder: URL, problems: FileProblem[]): string[] {
  try {
    return readdirSync(new URL('policies/', folder))
      .filter((name) => name.endsWith('.yaml'))
      .sort()
  } catch {
    problems.push({ file: 'policies', line: 1, rule: 'missing', message: 'The folder is missing or cannot be read' })
    return []
  }
}
