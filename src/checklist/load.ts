import { readdirSync } from 'node:fs'
import type { z } from 'zod'
import type { ChecklistLibrary } from './library.ts'
import { type ChecklistFiles, lintProblems } from './lint.ts'
import { publicationProblems, readPublished } from './publication.ts'
import {
  checklistSchema,
  districtsSchema,
  documentsSchema,
  enterprisesSchema,
  industriesSchema,
  type PublishedChecklist,
  siteProfileSchema,
  type TypicalEnterprise,
  wordingSchema,
} from './schema.ts'
import { ChecklistFileError, type FileProblem, type YamlFile, yamlFile } from './yaml-file.ts'

export { ChecklistFileError, type FileProblem } from './yaml-file.ts'

/**
 * Everything in `checklists/`, checked.
 * @param folder with a slash at its end
 * @throws ChecklistFileError naming file, line, rule and message of every problem at once
 */
export function loadLibrary(folder: URL): ChecklistLibrary {
  const { library, problems } = readLibrary(folder)
  if (!library || problems.length > 0) throw new ChecklistFileError(problems)
  return library
}

/**
 * The same, for those who want the problems as a list. There is no library while a file has the wrong shape.
 * @param on ISO date on which what the newest checklists cite must still be in force
 */
export function readLibrary(
  folder: URL,
  on?: string,
): {
  library?: ChecklistLibrary
  enterprises: readonly TypicalEnterprise[]
  /** Each published version with its place. */
  checklists: readonly YamlFile<PublishedChecklist>[]
  problems: FileProblem[]
} {
  const problems: FileProblem[] = []
  const read = <T>(file: string, schema: z.ZodType<T>) => yamlFile(folder, file, schema, problems)

  const checklists = checklistFiles(folder).flatMap((file) => read(file, checklistSchema) ?? [])
  const siteProfile = read('site-profile.yaml', siteProfileSchema)
  const industries = read('industries.yaml', industriesSchema)
  const documents = read('documents.yaml', documentsSchema)
  const districts = read('districts.yaml', districtsSchema)
  const wording = read('wording.yaml', wordingSchema)
  const enterprises = read('enterprises.yaml', enterprisesSchema)
  if (problems.length > 0 || !siteProfile || !industries || !documents || !districts || !wording)
    return { enterprises: [], checklists, problems }
  if (!enterprises) return { enterprises: [], checklists, problems }

  const files = { checklists, siteProfile, industries, documents, districts, wording, enterprises }
  const library = libraryOf(files)
  return {
    library,
    enterprises: enterprises.data.enterprises,
    problems: [...lintProblems(files, library, on), ...publicationProblems(readPublished(folder), checklists)],
    checklists,
  }
}

/** `general/v1.yaml`, `industries/<id>/v1.yaml`, `modules/<id>/v1.yaml`: one published version each. */
function checklistFiles(folder: URL): string[] {
  const versionsIn = (path: string) =>
    namesIn(folder, path)
      .filter((name) => /^v\d+\.yaml$/.test(name))
      .map((name) => `${path}/${name}`)
  const under = (path: string) => namesIn(folder, path).flatMap((id) => versionsIn(`${path}/${id}`))
  return [...versionsIn('general'), ...under('industries'), ...under('modules')]
}

function namesIn(folder: URL, path: string): string[] {
  try {
    return readdirSync(new URL(`${path}/`, folder)).sort()
  } catch {
    return []
  }
}

const libraryOf = (files: ChecklistFiles): ChecklistLibrary => ({
  published: new Map(files.checklists.map(({ data }) => [`${data.id}@${data.version}`, data])),
  siteProfile: files.siteProfile.data,
  industries: files.industries.data,
  documents: files.documents.data,
  districts: files.districts.data,
})
