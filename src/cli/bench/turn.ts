import { advance, innermost, opening } from '../../../flows/advance.ts'
import { flows } from '../../../flows/index.ts'
import type { WalkEvent } from '../../../flows/self-assessment/self-assessment.machine.ts'
import { type Checklist, type ChecklistItem, checklistOf } from '../../checklist/checklist.ts'
import { blankSheet } from '../../checklist/rules.ts'
import type { Content } from '../../content.ts'
import { envelopeIn, envelopeOf } from '../../conversation/conversation.ts'
import { type Measure, measure, percentile } from './measure.ts'
import { grammyTurns, surveyTurns } from './turn-peers.ts'

/**
 * How long the pure part of an answer takes: the stored snapshot is parsed and restored, the machine stepped, the next
 * snapshot written as JSON. Every way of doing it walks the same questions from the first to the last.
 */
export async function turnMeasures(content: Content, items: number, walks: number): Promise<Measure[]> {
  const checklist = checklistOfLength(content, items)
  const questions = checklist.items.map(({ question }) => question)
  const warmed = async <T>(turns: () => T) => {
    await turns()
    return turns()
  }
  const ours = await warmed(() => Array.from({ length: walks }, () => ourTurns(content, checklist)).flat())
  const peers = [
    { name: 'survey-core', turns: await warmed(() => surveyTurns(questions)) },
    { name: '@grammyjs/conversations', turns: await warmed(() => grammyTurns(questions)) },
  ]
  return [50, 99].flatMap((share) =>
    peers.map(({ name, turns }) =>
      measure(`turn-p${share}-${items}`, percentile(ours, share / 100), 'ms', {
        name,
        value: percentile(turns, share / 100),
      }),
    ),
  )
}

/** Milliseconds of every turn of one walk. */
function ourTurns({ library, policies }: Content, checklist: Checklist): number[] {
  const [policy] = policies.values()
  if (!policy) throw new Error('There is no policy')
  const machine = flows.selfAssessment.machine({ library, policy, checklist })
  const first = opening(machine, { purpose: 'initial', sheet: blankSheet(checklist), comments: {}, drawn: [] })
  let stored = JSON.stringify(envelopeOf('selfAssessment', first.snapshot))

  const turns: number[] = []
  for (;;) {
    const event = nextEvent(innermost(envelopeIn(stored).value), turns.length)
    if (!event) return turns
    const begin = performance.now()
    const { value, context } = envelopeIn(stored)
    const { snapshot } = advance(machine, machine.resolveState({ value, context }), event)
    stored = JSON.stringify(envelopeOf('selfAssessment', snapshot))
    turns.push(performance.now() - begin)
  }
}

/** Most things are in order; nothing is said once the last question is answered. */
function nextEvent(state: string, turn: number): WalkEvent | undefined {
  switch (state) {
    case 'asking':
      return { type: turn % 5 === 4 ? 'answer.nonconforming' : 'answer.conforming' }
    case 'hazardFound':
      return { type: 'rectification.deferred' }
    default:
      return undefined
  }
}

/** The published items and major hazards, items repeated until there are enough of them. */
function checklistOfLength({ library }: Content, length: number): Checklist {
  const refs = [...library.published.values()].flatMap(({ id, version, items }) =>
    items.map((item) => `${id}/${item.id}@${version}`),
  )
  const published = checklistOf(library, refs)
  const items = Array.from({ length }, (_, position) => {
    const { askWhen, ...item } = published.items[position % refs.length] as ChecklistItem
    return position < refs.length ? item : { ...item, id: `${item.id}${position}` }
  })
  return { ...published, items, positions: new Map(items.map(({ id }, position) => [id, position])) }
}
