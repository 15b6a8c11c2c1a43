import type { Districts, Documents, Industries, PublishedChecklist, SiteProfile } from './schema.ts'

/** Everything in `checklists/` that a checklist is made of, loaded and checked. Immutable. */
export interface ChecklistLibrary {
  /** By `id@version`; every version ever published. */
  readonly published: ReadonlyMap<string, PublishedChecklist>
  readonly siteProfile: SiteProfile
  readonly industries: Industries
  readonly documents: Documents
  readonly districts: Districts
}
