/**
 * A code that lets a colleague in: four letters and four digits, none of which is taken for another when it is read
 * aloud or copied by hand.
 */
export const codeLetters = 'ABCDEFGHJKMNPQRSTUVWXYZ'
export const codeDigits = '23456789'

/** The code a message is or ends in, without blanks and in capitals; undefined when there is none. Pure. */
export function codeHeard(text: string): string | undefined {
  const said = text.normalize('NFKC').toUpperCase()
  const [, letters, digits] = code.exec(said) ?? []
  return letters && digits ? letters + digits : undefined
}

const code = new RegExp(`(?<![0-9A-Z])([${codeLetters}]{4})[ -]?([${codeDigits}]{4})[\\s\\p{P}]*$`, 'u')
