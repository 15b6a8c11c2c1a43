import { Converter } from 'opencc-js/t2cn'
import { pinyin } from 'pinyin-pro'

const fromTraditional = Converter({ from: 'hk', to: 'cn' })

/** Simplified characters for traditional ones; the same length as before. */
export function simplifiedCharacters(text: string): string {
  if (!/\p{Script=Han}/u.test(text)) return text
  return fromTraditional(text)
}

/** How a text sounds, without tones: `mei you`. Letters are taken to be pinyin already. */
export function soundOf(text: string): string {
  return pinyin(text, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' })
    .join('')
    .replace(/[^a-z]/g, '')
}
