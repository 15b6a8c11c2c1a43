import type { ChangeWords } from './change-heard.ts'
import type { Lexicon } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'
import { compiledOnce, whole } from './pattern-source.ts'

/** What owners wish besides answering and the plain commands. */
export const requests = [
  'withdraw',
  'closing',
  'objection',
  'handOver',
  'seeClaims',
  'seeAnswers',
  'seeHazards',
  'report',
  'muteReminders',
  'unmuteReminders',
  'deleteData',
] as const
export type Request = (typeof requests)[number]

/** The wish a whole message is; undefined when it says anything else or anything more. */
export function requestHeard(
  text: string,
  { changes, lexicon }: { readonly changes: ChangeWords; readonly lexicon: Lexicon },
): Request | undefined {
  const said = withoutBlanks(normalized(text, lexicon))
  if (said === '' || said.length > longestRequest) return undefined
  return compiled(changes).find(([, pattern]) => pattern.test(said))?.[0]
}

/** In characters. */
const longestRequest = 40

const compiled = compiledOnce(({ fragments, requests: wishes }: ChangeWords) =>
  requests.map((request) => [request, whole(wishes[request], fragments)] as const),
)
