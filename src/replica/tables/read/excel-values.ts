import { DAY, MINUTE } from '#domain/durations.ts'

/** How Excel stores dates (as day counts) and control characters (as escapes). ISO/IEC 29500-1, 18.8.30, 18.17.4, 22.9.2.19. */

/** Built-in formats for dates and times, including those of the Chinese, Japanese and Korean editions. */
const DATE_FORMATS = [
  [14, 22],
  [27, 36],
  [45, 45],
  [47, 47],
  [50, 58],
] as const

/** Whether a cell with this number format shows a date or a time of day. A duration (`[h]:mm`) is a number. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return DATE_FORMATS.some(([first, last]) => id >= first && id <= last)
  const shown = code.replaceAll(/"[^"]*"|\\.|_.|\*./gu, '')
  if (/\[(?:h+|m+|s+)\]/iu.test(shown)) return false
  const bare = (shown.split(';')[0] ?? '').replaceAll(/\[[^\]]*\]/gu, '')
  return !/general/iu.test(bare) && /[ymdhs]/iu.test(bare)
}

const DAYS_TO_1970 = 25_569
const DAYS_1900_TO_1904 = 1462
/** 9999-12-31, the last day of Excel. */
const LAST_DAY = 2_958_465
/** Excel counts a 29 February 1900 that did not exist; dates up to it are off by one and not supported. */
const FIRST_SOUND_DAY = 61

/**
 * Converts a day count to ISO text without a zone: `2021-03-24T17:00:00`, milliseconds only if there are any, `17:00:00` for a
 * time of day alone. A count with few decimals is not exact: it becomes the whole minute, or second, that it stands for.
 * @param written days since 1899-12-30, or since 1904-01-01 if `from1904`, as they are written
 * @returns null if it is no date
 */
export function dateOfSerial(written: string, from1904: boolean): string | null {
  const serial = Number(written)
  const decimals = /[eE]/u.test(written) ? 17 : (/\.(\d+)/u.exec(written)?.[1]?.length ?? 0)
  if (serial >= 0 && serial < 1) {
    return isoOf(rounded(serial * DAY, decimals))?.slice('1970-01-01T'.length) ?? null
  }
  const days = from1904 ? serial + DAYS_1900_TO_1904 : serial
  if (!(days >= FIRST_SOUND_DAY && days < LAST_DAY + 1)) return null
  return isoOf(rounded((days - DAYS_TO_1970) * DAY, decimals))
}

/** The inverse of `dateOfSerial` for a workbook that counts from 1900: days since 1899-12-30 of a moment in milliseconds since 1970. */
export function dayCount(epochMs: number): number {
  return epochMs / DAY + DAYS_TO_1970
}

/** The nearest whole minute, else second, that this many decimals of a day cannot distinguish from the value. */
function rounded(epochMs: number, decimals: number): number {
  // Half of the last decimal, and at least the error of a double.
  const unsure = decimals === 0 ? 0 : Math.max(DAY * 10 ** -decimals * 0.5000001, 0.5)
  for (const unit of [MINUTE, 1000]) {
    const whole = Math.round(epochMs / unit) * unit
    if (Math.abs(epochMs - whole) <= Math.min(unsure, unit / 2)) return whole
  }
  return epochMs
}

function isoOf(epochMs: number): string {
  return new Date(Math.round(epochMs)).toISOString().replace(/(?:\.000)?Z$/u, '')
}

/** Undoes `_x000D_` and the like, which stand for characters that XML cannot contain. */
export function unescapeExcel(text: string): string {
  if (!text.includes('_x')) return text
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The inverse of `unescapeExcel`, for what XML cannot contain or would change (CR becomes LF), and for text that looks like an escape. */
export function escapeExcel(text: string): string {
  return text
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/gu, '_x005F_')
    .replaceAll(
      /[\u0000-\u0008\u000B-\u001F\u007F\uFFFE\uFFFF]/gu,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
}

/** Column number from 1 of a reference such as `AB12`; null if it is none. */
export function columnOfReference(reference: string): number | null {
  const letters = /^([A-Z]{1,3})\d*$/u.exec(reference)?.[1]
  if (letters === undefined) return null
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column
}
