import { personalSpots } from '../privacy/mask-personal.ts'
import { isAlphanumeric, isHanDigit, readSigns, HAN_DIGIT } from '../privacy/text-signs.ts'

/**
 * Masked values are found only by their complete value, in any notation: by these keys, which are in their own column and
 * are never searched by prefix.
 */

/** Maximum length of a key; its only ASCII characters are letters and digits, because the index splits at all others. */
const MOST = 64

/** The key of a value, independent of its notation. */
export function wholeValue(value: string): string {
  const { code, at, length } = readSigns(value)
  const isMail = code.subarray(0, length).includes(64)
  let key = ''
  for (let place = 0; place < length && key.length < MOST; place += 1) {
    const sign = code[place] ?? 0
    if (isAlphanumeric(sign)) key += String.fromCharCode(sign).toLowerCase()
    else if (isHanDigit(sign) && !isMail) key += String(sign - HAN_DIGIT)
    // Other characters of an address become their full-width forms, at which the index does not split.
    else if (isMail && sign > 32 && sign < 127) key += String.fromCharCode(sign + 0xfee0)
    else if (sign >= 128) key += (value[at[place] ?? 0] ?? '').toLowerCase()
  }
  return /^(?:0086|860|86|0)?(1[3-9]\d{9})$/.exec(key)?.[1] ?? key
}

/** The keys of all masked values in a text. */
export function wholeValues(text: string): string[] {
  return [
    ...new Set(
      personalSpots(text)
        .map(({ from, to }) => wholeValue(text.slice(from, to)))
        .filter((key) => key !== ''),
    ),
  ]
}

/** Whether typed text may be a complete masked value: at least five characters, with a digit or an at sign. */
export function mayBeWhole(typed: string): boolean {
  return typed.length >= 5 && typed.length <= 80 && /[\p{N}@＠〇零一二三四五六七八九幺]/u.test(typed)
}
