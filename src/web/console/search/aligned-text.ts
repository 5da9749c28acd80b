import { readingsOf } from './pinyin.ts'

/**
 * A text prepared for searching. The lists have one element per UTF-16 code unit, so that a match can be marked in the text; they may be
 * shorter than the text: what is behind is only found literally.
 */
export type AlignedText = {
  /** In lower case, full-width Latin letters and digits in half width. */
  folded: string
  readings: readonly (readonly string[])[]
  /** The first letters that may stand for a character: bit 0 is `a`. */
  firsts: Uint32Array
}

/** Lower case and half width, without a change of length. */
export function fold(text: string): string {
  const narrow = text.replaceAll(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll('\u3000', ' ')
  const lower = narrow.toLowerCase()
  return lower.length === text.length ? lower : narrow
}

/** The bit of a Latin letter; 0 for any other sign. */
export function letterBit(sign: string | undefined): number {
  return sign !== undefined && sign >= 'a' && sign <= 'z' ? 1 << (sign.charCodeAt(0) - 97) : 0
}

/** @param spoken the length of the part that is found by its sound too */
export function alignText(text: string, spoken = text.length): AlignedText {
  const folded = fold(text)
  const readings = Array.from({ length: spoken }, (_, at) => readingsOf(folded[at] ?? ''))
  const firsts = Uint32Array.from(readings, (list, at) =>
    list.reduce((bits, reading) => bits | letterBit(reading[0]), letterBit(folded[at])),
  )
  return { folded, readings, firsts }
}

/** Where a query was found, [start, end), and how: as it stands, by letters for Chinese characters, or by characters that sound alike. */
export type AlignedMatch = { start: number; end: number; how: 'literal' | 'letters' | 'sound' }

const isSkipped = (sign: string) => /[\s“”‘’"'、，。；：！？,.;:!?（）()《》·—-]/.test(sign)

/**
 * Finds a folded query in a text: literally, else letters stand for characters (`tuikuan`, `tk`, `tuik`, `退k`), else characters for
 * others with the same reading (退宽 for 退款).
 */
export function findAligned(text: AlignedText, query: string): AlignedMatch | null {
  const literal = text.folded.indexOf(query)
  if (literal >= 0) return { start: literal, end: literal + query.length, how: 'literal' }
  const first = query[0] ?? ''
  const bit = letterBit(first)
  if (bit !== 0) {
    for (let start = 0; start < text.firsts.length; start += 1) {
      if (((text.firsts[start] ?? 0) & bit) === 0) continue
      const end = matchFrom(text, start, query, 0, false)
      if (end > 0) return { start, end, how: 'letters' }
    }
    return null
  }
  const sounds = readingsOf(first)
  if (sounds.length === 0 || query.length < 2) return null
  for (let start = 0; start < text.readings.length; start += 1) {
    const isSame = text.folded[start] === first
    if (!isSame && !sharesReading(text.readings[start], sounds)) continue
    const end = matchFrom(text, start, query, 0, true)
    if (end > 0) return { start, end, how: /[a-z]/.test(query) && isSame ? 'letters' : 'sound' }
  }
  return null
}

function sharesReading(some: readonly string[] | undefined, others: readonly string[]): boolean {
  return some !== undefined && some.some((reading) => others.includes(reading))
}

/** The end of a match of `query` from its index `from` at `at`; 0 if there is none. */
function matchFrom(text: AlignedText, at: number, query: string, from: number, bySound: boolean): number {
  if (from === query.length) return at
  const sign = text.folded[at]
  if (sign === undefined) return 0
  const wanted = query[from] ?? ''
  if (sign === wanted) {
    const end = matchFrom(text, at + 1, query, from + 1, bySound)
    if (end > 0) return end
  }
  const readings = text.readings[at] ?? []
  if (readings.length === 0) return from > 0 && isSkipped(sign) ? matchFrom(text, at + 1, query, from, bySound) : 0
  if (letterBit(wanted) === 0)
    return bySound && sharesReading(readings, readingsOf(wanted)) ? matchFrom(text, at + 1, query, from + 1, bySound) : 0
  for (const reading of readings) {
    const end = matchReading(text, at, query, from, reading, bySound)
    if (end > 0) return end
  }
  return 0
}

/** A character may be written by its whole syllable, by its initial (`z` or `zh`), and at the end of the query by any part of it. */
function matchReading(text: AlignedText, at: number, query: string, from: number, reading: string, bySound: boolean): number {
  if (reading[0] !== query[from]) return 0
  const rest = query.length - from
  if (rest < reading.length && query.endsWith(reading.slice(0, rest))) return at + 1
  const lengths = reading[1] === 'h' && reading.length > 2 ? [reading.length, 2, 1] : reading.length > 1 ? [reading.length, 1] : [1]
  for (const length of lengths) {
    if (!query.startsWith(reading.slice(0, length), from)) continue
    const end = matchFrom(text, at + 1, query, from + length, bySound)
    if (end > 0) return end
  }
  return 0
}
