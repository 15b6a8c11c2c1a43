import type { Heard, Scene } from '../flow.ts'
import { type AnswerHeard, answerHeard } from '../words/answer-heard.ts'
import type { Command } from '../words/command-heard.ts'
import { nameHeard } from '../words/name-heard.ts'
import { yesNoHeard } from '../words/yes-no-heard.ts'
import type { WalkContext, WalkEvent } from './self-assessment.machine.ts'

/** Keys of the buttons of a walk, by what they mean wherever they appear. */
export const walkKeys = {
  conforming: 'answer.conforming',
  nonconforming: 'answer.nonconforming',
  notApplicable: 'answer.notApplicable',
  unclear: 'answer.unclear',
  reconsider: 'answer.reconsidered',
  absent: 'absence.confirmed',
  noPhoto: 'photo.postponed',
  rectify: 'rectification.begun',
  defer: 'rectification.deferred',
  accept: 'summary.accepted',
  answers: 'answers.asked',
  pause: 'walk.paused',
  resume: 'walk.resumed',
  restart: 'restart.confirmed',
} as const satisfies Record<string, WalkEvent['type']>

const keyed = new Set<string>(Object.values(walkKeys))

/** An owner's words in front of a walk → one event; undefined when they mean nothing there. */
export function interpretWalk(heard: Heard, scene: Scene): WalkEvent | undefined {
  switch (heard.type) {
    case 'chosen':
      return keyed.has(heard.key) ? ({ type: heard.key } as WalkEvent) : undefined
    case 'photo':
      return { type: 'photo.received', evidenceId: heard.evidenceId, mediaId: heard.mediaId }
    case 'evidenceSettled':
      return { type: 'evidence.settled', evidenceId: heard.evidenceId, outcome: heard.outcome }
    case 'command':
      return commanded(heard.command)
    case 'words':
      return spoken(heard.text, scene)
    case 'picked':
      return undefined
  }
}

function commanded(command: Command): WalkEvent | undefined {
  switch (command.kind) {
    case 'back':
      return { type: 'item.back' }
    case 'skip':
      return { type: 'item.skipped' }
    case 'explain':
      return { type: 'item.explained' }
    case 'basis':
      return { type: 'item.basisAsked' }
    case 'edit':
      return { type: 'item.chosen', number: command.number }
    case 'correct':
      return typeof command.which === 'number' ? { type: 'item.chosen', number: command.which } : { type: 'item.back' }
    case 'progress':
    case 'status':
      return { type: 'progress.asked' }
    case 'answers':
      return { type: 'answers.asked' }
    case 'pause':
      return { type: 'walk.paused' }
    case 'resume':
    case 'start':
      return { type: 'walk.resumed' }
    case 'restart':
      return { type: 'restart.asked' }
    default:
      return undefined
  }
}

/** What free words mean depends on what was asked last. */
function spoken(text: string, scene: Scene): WalkEvent | undefined {
  const { lexicon, value } = scene
  const yes = () => yesNoHeard(text, lexicon)
  switch (value) {
    case 'asking':
    case 'lookingCloser':
      return answered(text, scene)
    case 'confirming': {
      const { suspected } = scene.context as WalkContext
      if (suspected && yes() === 'yes') return { type: `answer.${suspected}` }
      return yes() === 'no' ? { type: 'answer.reconsidered' } : answered(text, scene)
    }
    // Which of the two was asked: a plain yes or 有 answers neither.
    case 'confirmingAbsence':
      return only(['answer.nonconforming', 'answer.unclear'], answered(text, scene))
    // Somebody who thinks better of what was just answered is heard; whatever else is no photo.
    case 'awaitingPhoto':
      return only(['answer.nonconforming', 'answer.notApplicable'], labelled(text, scene))
    case 'hazardFound':
      if (yes() === 'no') return { type: 'rectification.deferred' }
      return sounds(text, scene) === 'conforming' ? { type: 'rectification.begun' } : undefined
    case 'blocked':
      return sounds(text, scene) === 'conforming' ? { type: 'answer.conforming' } : undefined
    case 'summary':
      return yes() === 'yes' ? { type: 'summary.accepted' } : undefined
    case 'committing': {
      const name = nameHeard(text, lexicon)
      return name ? { type: 'commitment.signed', name } : undefined
    }
    case 'paused':
      return { type: 'walk.resumed' }
    case 'confirmingRestart':
      if (yes() === 'yes') return { type: 'restart.confirmed' }
      return yes() === 'no' ? { type: 'walk.resumed' } : undefined
    default:
      return undefined
  }
}

const only = (wanted: readonly WalkEvent['type'][], event: WalkEvent | undefined) =>
  event && wanted.includes(event.type) ? event : undefined

/** An answer in so many words; 没有 alone may be the photo that is not there. */
function labelled(text: string, scene: Scene): WalkEvent | undefined {
  const answer = heardAs(text, scene)
  return answer.kind === 'finding' ? { type: `answer.${answer.finding}` } : undefined
}

/** What it sounds like, surely or not: good for a step that records nothing by itself. */
function sounds(text: string, scene: Scene) {
  const answer = heardAs(text, scene)
  return answer.kind === 'finding' || answer.kind === 'confirm' ? answer.finding : undefined
}

function answered(text: string, scene: Scene): WalkEvent {
  const answer = heardAs(text, scene)
  switch (answer.kind) {
    case 'finding':
      return { type: `answer.${answer.finding}` }
    case 'confirm':
      return { type: 'answer.suspected', finding: answer.finding }
    case 'absence':
      return { type: 'answer.notApplicable' }
    case 'unclearAnswer':
      return { type: 'answer.unclear' }
    case 'partly':
    case 'unsure':
    case 'notUnderstood':
      return { type: 'answer.notUnderstood', text }
  }
}

function heardAs(text: string, { checklist, context, lexicon }: Scene): AnswerHeard {
  const item = checklist?.items[(context as WalkContext).position]
  const excusable = item?.notApplicable !== undefined
  return answerHeard(text, { compliantAnswer: item?.compliantAnswer ?? 'yes', excusable, hears: item?.hears }, lexicon)
}
