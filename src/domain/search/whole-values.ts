import { personalSpots } from '../privacy/mask-personal.ts'
import { isAlphanumeric, isHanDigit, readSigns, HAN_DIGIT } from '../privacy/text-signs.ts'

/**
 * What is masked in a text is found only as a whole, whichever way it is written there: by these keys, which stand in a column of their
 * own and are never asked for by a beginning.
 */

/** Signs of a key; of ASCII only letters and digits, since the index is cut at all others. */
const MOST = 64

/** One value, however it is written, as the one word it is known by. */
export function wholeValue(value: string): string {
  const { code, at, length } = readSigns(value)
  const isMail = code.subarray(0, length).includes(64)
  let key = ''
  for (let place = 0; place < length && key.length < MOST; place += 1) {
    const sign = code[place] ?? 0
    if (isAlphanumeric(sign)) key += String.fromCharCode(sign).toLowerCase()
    else if (isHanDigit(sign) && !isMail) key += String(sign - HAN_DIGIT)
    // Signs that belong to an address move to their full-width forms, where the index does not cut.
    else if (isMail && sign > 32 && sign < 127) key += String.fromCharCode(sign + 0xfee0)
    else if (sign >= 128) key += (value[at[place] ?? 0] ?? '').toLowerCase()
  }
  return /^(?:0086|860|86|0)?(1[3-9]\d{9})$/.exec(key)?.[1] ?? key
}

/** The keys of all that is masked in a text. */
export function wholeValues(text: string): string[] {
  return [
    ...new Set(
      personalSpots(text)
        .map(({ from, to }) => wholeValue(text.slice(from, to)))
        .filter((key) => key !== ''),
    ),
  ]
}

/** Whether what somebody typed may be the whole of something masked: five signs with a digit or an address's sign among them. */
export function mayBeWhole(typed: string): boolean {
  return typed.length >= 5 && typed.length <= 80 && /[\p{N}@＠〇零一二三四五六七八九幺]/u.test(typed)
}
