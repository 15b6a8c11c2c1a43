import type { ChecklistLibrary } from './library.ts'
import { elements, type HazardCriterion, type PublishedChecklist, type PublishedItem } from './schema.ts'

/** One enterprise's own checklist: what it is asked, in order, frozen at the start. */
export interface Checklist {
  readonly items: readonly ChecklistItem[]
  readonly hazards: readonly HazardCriterion[]
  /** Position of an item by its id. */
  readonly positions: ReadonlyMap<string, number>
}

export interface ChecklistItem extends PublishedItem {
  /** `checklist/item@version`: what is stored, and what the frozen list is made of. */
  readonly ref: string
  /** Title of the checklist it comes from. */
  readonly from: string
  /** The checklist it comes from. */
  readonly checklistId: string
}

/** What is known of an enterprise that decides what it is asked. */
export interface SiteFacts {
  /** Id of its industry checklist. */
  readonly industry: string
  /** Ids of site profile facts. */
  readonly facts: readonly string[]
}

/**
 * The frozen list for an enterprise that begins on the given day: general + industry + the modules its
 * facts switch on, newest version valid that day, in the order of the eight elements.
 * @param today ISO date in China
 */
export function composedRefs(library: ChecklistLibrary, { industry, facts }: SiteFacts, today: string): string[] {
  const modules = library.siteProfile.groups
    .flatMap((group) => group.facts)
    .filter((fact) => facts.includes(fact.id))
    .flatMap((fact) => fact.modules)
  const wanted = ['general', industry, ...modules]

  const asked = [...new Set(wanted)].flatMap((id) => refsOf(newestValid(library, id, today)))
  return elements.flatMap((element) => asked.filter((item) => item.element === element).map((item) => item.ref))
}

/**
 * The checklist a frozen list stands for.
 * @throws Error when a ref names nothing published: a published file was edited or removed
 */
export function checklistOf(library: ChecklistLibrary, refs: readonly string[]): Checklist {
  const sources = new Map<string, PublishedChecklist>()
  const items = refs.map((ref): ChecklistItem => {
    const { checklistId, itemId, version } = parsedRef(ref)
    const source = library.published.get(`${checklistId}@${version}`)
    const item = source?.items.find(({ id }) => id === itemId)
    if (!source || !item) throw new Error(`The frozen checklist names ${ref}, which is not published`)
    sources.set(`${checklistId}@${version}`, source)
    return { ...item, ref, from: source.title, checklistId }
  })
  return {
    items,
    hazards: [...sources.values()].flatMap(({ hazards }) => hazards),
    positions: new Map(items.map(({ id }, position) => [id, position])),
  }
}

const refsOf = ({ id, version, items }: PublishedChecklist) =>
  items.map((item) => ({ element: item.element, ref: `${id}/${item.id}@${version}` }))

function newestValid({ published }: ChecklistLibrary, id: string, today: string): PublishedChecklist {
  const versions = [...published.values()].filter((list) => list.id === id && list.validFrom <= today)
  const newest = versions.sort((a, b) => b.version - a.version)[0]
  if (!newest) throw new Error(`No checklist ${id} is published and valid on ${today}`)
  return newest
}

function parsedRef(ref: string) {
  const [, checklistId = '', itemId = '', version = ''] = /^(.+)\/(.+)@(\d+)$/.exec(ref) ?? []
  return { checklistId, itemId, version }
}
