/** What a 统一社会信用代码 turns out to be. Positions count from 1; `code` is what was read, in capitals and without spaces. */
export type UsccCheck =
  | { readonly type: 'ok'; readonly code: string }
  | { readonly type: 'wrongLength'; readonly code: string; readonly length: number }
  | { readonly type: 'wrongCharacter'; readonly code: string; readonly position: number }
  /** One look-alike confusion that alone explains it is at `likelyPosition`; else that is the check digit's own, 18. */
  | { readonly type: 'wrongCheckDigit'; readonly code: string; readonly likelyPosition: number }

/** The code with its check digit as GB 32100-2015 computes it, from whatever an owner typed around it. */
export function checkUscc(text: string): UsccCheck {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
  if (code.length !== LENGTH) return { type: 'wrongLength', code, length: code.length }

  const strange = [...code].findIndex((character) => !alphabet.includes(character))
  if (strange !== -1) return { type: 'wrongCharacter', code, position: strange + 1 }

  if (isSound(code)) return { type: 'ok', code }
  return { type: 'wrongCheckDigit', code, likelyPosition: confusedPosition(code) ?? LENGTH }
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

/** GB 32100-2015: place 2 is the kind of body, places 3 to 8 the region of the registering authority; digits only. */
const hasRegion = (code: string) => /^\d{7}$/.test(code.slice(1, 8))

/** GB 11714: places 9 to 17 are an organization code with a check digit of its own, modulo 11. */
function hasSoundBody(code: string): boolean {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * Number.parseInt(code[8 + index] ?? '', 36), 0)
  return code[16] === '0123456789X0'[11 - (sum % 11)]
}
