/** A place in a text: UTF-16 offsets [start, end). */
export type TextRange = { start: number; end: number }

/** The index of the last range that begins at or before `at`; -1 if there is none. @param ranges in order */
export function rangeBefore(ranges: readonly TextRange[], at: number): number {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ranges[middle]?.start ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** A text in which full-width letters, digits and signs are the plain ones. Its length, and so every offset, is that of the original. */
export function plainWidth(text: string): string {
  return text.replaceAll(/[\uff01-\uff5e\u3000]/gu, (sign) => (sign === '\u3000' ? ' ' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0)))
}
