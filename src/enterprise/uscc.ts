/** What a 统一社会信用代码 turns out to be. Positions count from 1; `code` is what was read, in capitals and without spaces. */
export type UsccCheck =
  /** Doubtful: whole, but the organisation code in it has another check digit than GB 11714 gives; some old ones do. */
  | { readonly type: 'ok'; readonly code: string; readonly doubtful?: true }
  | { readonly type: 'wrongLength'; readonly code: string; readonly length: number }
  | { readonly type: 'wrongCharacter'; readonly code: string; readonly position: number }
  /** Typed to be done with it: all the same, or counted up or down. */
  | { readonly type: 'madeUp'; readonly code: string }
  /** One look-alike confusion that alone explains it is at `likelyPosition`; else that is the check digit's own, 18. */
  | { readonly type: 'wrongCheckDigit'; readonly code: string; readonly likelyPosition: number }
  /** No authority registers such bodies, or there is no such region: whole by chance. */
  | { readonly type: 'wrongKind'; readonly code: string; readonly position: 1 }
  | { readonly type: 'wrongRegion'; readonly code: string; readonly position: 3 }

/** The code with its parts as GB 32100-2015 makes it, from whatever an owner typed around it. */
export function checkUscc(text: string): UsccCheck {
  const code = codeIn(text)
  if (code.length !== LENGTH) return { type: 'wrongLength', code, length: code.length }
  if (isMadeUp(code)) return { type: 'madeUp', code }

  const strange = [...code].findIndex((character) => !alphabet.includes(character))
  if (strange !== -1) return { type: 'wrongCharacter', code, position: strange + 1 }

  if (!isSound(code)) return { type: 'wrongCheckDigit', code, likelyPosition: confusedPosition(code) ?? LENGTH }
  if (!hasKind(code)) return { type: 'wrongKind', code, position: 1 }
  if (!isInChina(code)) return { type: 'wrongRegion', code, position: 3 }
  return hasSoundBody(code) ? { type: 'ok', code } : { type: 'ok', code, doubtful: true }
}

/** What stands by itself among other words is taken before what only blanks and hyphens part. */
function codeIn(text: string): string {
  const capitals = text.normalize('NFKC').toUpperCase()
  const words = capitals.match(/[0-9A-Z]+/g) ?? []
  const runs = (capitals.match(/[0-9A-Z](?:[\s-]*[0-9A-Z])*/g) ?? []).map((run) => run.replace(/[\s-]/g, ''))
  const withDigits = [...words, ...runs].filter((each) => /\d/.test(each))
  const [longest = ''] = withDigits.toSorted((one, other) => other.length - one.length)
  return withDigits.find(({ length }) => length === LENGTH) ?? longest
}

const LENGTH = 18

/** GB 32100-2015: digits and capitals without I, O, S, V, Z; a character's value is its place here. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** GB 32100-2015: the weight of place i, from 0, is 3 to the power i, modulo 31. */
const isSound = (code: string) => checkCharacter(code) === code.at(-1)

export function checkCharacter(code: string): string {
  let sum = 0
  let weight = 1
  for (const character of code.slice(0, LENGTH - 1)) {
    sum += alphabet.indexOf(character) * weight
    weight = (weight * 3) % alphabet.length
  }
  return alphabet[(alphabet.length - (sum % alphabet.length)) % alphabet.length] ?? ''
}

/** Every place is the one before it and the same step on, or back, or none. */
const isMadeUp = (code: string) =>
  [0, 1, 9].some((step) =>
    [...code.slice(1)].every(
      (character, index) => character === String((Number.parseInt(code[index] ?? '', 36) + step) % 10),
    ),
  ) || new Set(code).size === 1

/** What is taken for one another when a licence is copied by hand; I, O, S and Z never get this far. */
const lookAlikes = ['0DQ', '1L', '8B']

/** The one place where one look-alike puts the code right; nothing when there is none or a choice. */
function confusedPosition(code: string): number | undefined {
  const repairs = [...code]
    .flatMap((character, index) =>
      lookAlikesOf(character).map((other) => ({
        position: index + 1,
        repaired: code.slice(0, index) + other + code.slice(index + 1),
      })),
    )
    .filter(({ repaired }) => isSound(repaired) && hasRegion(repaired))
  const sound = repairs.filter(({ repaired }) => hasSoundBody(repaired))
  const likely = sound.length > 0 || hasSoundBody(code) ? sound : repairs
  return likely.length === 1 ? likely[0]?.position : undefined
}

const lookAlikesOf = (character: string) =>
  lookAlikes.filter((group) => group.includes(character)).flatMap((group) => [...group.replace(character, '')])

/** GB 32100-2015: place 1 is the registering authority, place 2 the kind of body it registers. */
const hasKind = ([authority = '', kind = '']: string) => kinds[authority]?.includes(kind) ?? false

const kinds: Readonly<Record<string, string>> = {
  1: '1239',
  2: '19',
  3: '123459',
  4: '19',
  5: '1239',
  6: '129',
  7: '129',
  8: '19',
  9: '123',
  A: '19',
  N: '1239',
  Y: '1',
}

/** GB/T 2260: the first two digits are a province; those of the State's own authority are 10. */
const isInChina = (code: string) =>
  hasRegion(code) && /^(?:1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])/.test(code.slice(2))

/** GB 32100-2015: place 2 is the kind of body, places 3 to 8 the region of the registering authority; digits only. */
const hasRegion = (code: string) => /^\d{7}$/.test(code.slice(1, 8))

/** GB 11714: places 9 to 17 are an organization code with a check digit of its own, modulo 11. */
function hasSoundBody(code: string): boolean {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * Number.parseInt(code[8 + index] ?? '', 36), 0)
  return code[16] === '0123456789X0'[11 - (sum % 11)]
}
