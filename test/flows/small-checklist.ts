import { type Checklist, checklistOf } from '../../src/checklist/checklist.ts'
import type { PublishedItem } from '../../src/checklist/schema.ts'
import { library } from '../checklists/support.ts'

/** Two items: one that kills, wants a photo and may not apply; one of no consequence. */
export function smallChecklist(): Checklist {
  for (const { id, version, items, hazards } of library.published.values()) {
    const deadly = hazards.flatMap(({ grade, when }) => (grade === 'major' && 'anyOf' in when ? when.anyOf : []))
    const inHazards = hazards.flatMap(({ when }) => ('anyOf' in when ? when.anyOf : when.allOf))
    const first = items.find(
      (item) => isAskedAlone(item) && deadly.includes(item.id) && isPhoto(item) && item.notApplicable,
    )
    const second = items.find(
      (item) => isAskedAlone(item) && !inHazards.includes(item.id) && item.evidence.kind === 'none',
    )
    if (first && second)
      return checklistOf(
        library,
        [first, second].map((item) => `${id}/${item.id}@${version}`),
      )
  }
  throw new Error('No published checklist has two such items')
}

const isAskedAlone = ({ askWhen }: PublishedItem) => askWhen === undefined
const isPhoto = ({ evidence }: PublishedItem) => evidence.kind === 'photo'
