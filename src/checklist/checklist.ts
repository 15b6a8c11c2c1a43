import type { ChecklistLibrary } from './library.ts'
import {
  elements,
  type HazardCriterion,
  type PublishedChecklist,
  type PublishedItem,
  type SiteProfile,
} from './schema.ts'

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
  /** Absent where nobody was asked for it. */
  readonly headcount?: number
}

/** The questions about the site for an industry: without the facts no enterprise of that trade ever has. */
export const profileGroups = ({ groups }: SiteProfile, industry: string): SiteProfile['groups'] =>
  groups
    .map((group) => ({
      ...group,
      facts: group.facts.filter(({ industries }) => industries === undefined || industries.includes(industry)),
    }))
    .filter(({ facts }) => facts.length > 0)

/**
 * The frozen list for an enterprise that begins on the given day: general + industry + the modules its
 * industry and its facts switch on, newest version valid that day, in the order of the eight elements; without the items
 * that its facts and its headcount rule out, that another one covers, or that a long list can spare. An industry without
 * a checklist of its own is asked the rest.
 * @param today ISO date in China
 * @throws Error when no general checklist is valid that day
 */
export function composedRefs(library: ChecklistLibrary, site: SiteFacts, today: string): string[] {
  const { industry, facts } = site
  const offered = profileGroups(library.siteProfile, industry).flatMap((group) => group.facts)
  const modules = [
    ...(library.industries.industries.find(({ id }) => id === industry)?.modules ?? []),
    ...offered.filter((fact) => facts.includes(fact.id)).flatMap((fact) => fact.modules),
  ]
  const lists = [...new Set(['general', industry, ...modules])].flatMap((id) => newestValid(library, id, today) ?? [])
  if (lists[0]?.kind !== 'general') throw new Error(`No general checklist is valid on ${today}`)

  const applying = lists.flatMap((list) =>
    list.items.filter((item) => mayApply(item, offered, site)).map((item) => ({ item, list })),
  )
  const asked = withoutSpare(withoutFollowUps(withoutCovered(applying)), library.siteProfile.mostQuestions)
  return elements.flatMap((element) =>
    asked
      .filter(({ item }) => item.element === element)
      .map(({ item, list }) => `${list.id}/${item.id}@${list.version}`),
  )
}

interface Listed {
  readonly item: PublishedItem
  readonly list: PublishedChecklist
}

function withoutCovered(listed: readonly Listed[]): readonly Listed[] {
  const ids = new Set(listed.map(({ item }) => item.id))
  return listed.filter(({ item }) => !item.coveredBy?.some((id) => ids.has(id)))
}

/** A long list is made bearable by what weighs least of the least valuable, the last first; not by what kills. */
function withoutSpare(listed: readonly Listed[], most = Number.POSITIVE_INFINITY): readonly Listed[] {
  const spare = listed
    .filter(({ item }) => item.spare)
    .reverse()
    .sort((one, other) => one.item.weight - other.item.weight)
  const dropped = new Set(spare.slice(0, Math.max(0, listed.length - most)))
  return withoutFollowUps(listed.filter((each) => !dropped.has(each)))
}

/** What hangs on an item that is not asked is not asked either. */
function withoutFollowUps(listed: readonly Listed[]): readonly Listed[] {
  const ids = new Set(listed.map(({ item }) => item.id))
  return listed.filter(({ item }) => item.askWhen === undefined || ids.has(item.askWhen.item))
}

/**
 * The checklist a frozen list stands for.
 * @throws Error when a ref names nothing published: a published file was edited or removed
 */
export function checklistOf(library: ChecklistLibrary, refs: readonly string[]): Checklist {
  const sources = new Map<string, PublishedChecklist>()
  const speaksOfThem = ({ industries }: HazardCriterion) =>
    !industries || [...sources.values()].some(({ id }) => industries.includes(id))
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
    hazards: [...sources.values()].flatMap(({ hazards }) => hazards.filter(speaksOfThem)),
    positions: new Map(items.map(({ id }, position) => [id, position])),
  }
}

type Fact = SiteProfile['groups'][number]['facts'][number]

/** Nobody is asked of what they were offered and did not tick, nor of what takes more people than there are. */
function mayApply(
  { notApplicable }: PublishedItem,
  offered: readonly Fact[],
  { facts, headcount }: Pick<SiteFacts, 'facts' | 'headcount'>,
): boolean {
  const size = notApplicable?.headcount
  if (size?.only && headcount !== undefined && headcount < size.from) return false
  const fact = offered.find(({ id }) => id === notApplicable?.fact)
  return fact === undefined || fact.askedAnyway || facts.includes(fact.id)
}

/** What on record says that this item does apply, so that lacking the thing is no excuse. */
export function contradicted(
  { notApplicable }: PublishedItem,
  { facts, headcount }: Pick<SiteFacts, 'facts' | 'headcount'>,
): 'fact' | 'headcount' | undefined {
  if (notApplicable?.fact && facts.includes(notApplicable.fact)) return 'fact'
  const size = notApplicable?.headcount
  return size && headcount !== undefined && headcount >= size.from ? 'headcount' : undefined
}

function newestValid({ published }: ChecklistLibrary, id: string, today: string): PublishedChecklist | undefined {
  const versions = [...published.values()].filter((list) => list.id === id && list.validFrom <= today)
  return versions.sort((a, b) => b.version - a.version)[0]
}

function parsedRef(ref: string) {
  const [, checklistId = '', itemId = '', version = ''] = /^(.+)\/(.+)@(\d+)$/.exec(ref) ?? []
  return { checklistId, itemId, version }
}
