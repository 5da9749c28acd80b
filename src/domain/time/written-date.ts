/** The order of day and month when the year comes last; a leading year determines the order. */
export type DateOrder = 'ymd' | 'mdy' | 'dmy'

/** A calendar date as written; the caller checks whether the day exists. */
export type WrittenDate = {
  /** Null if not stated. */
  year: number | null
  month: number
  day: number
  /** Monday 1 … Sunday 7, null if not stated. */
  weekday: number | null
  /** The text after the date. */
  rest: string
}

const YEAR_FIRST = /^(\d{4})\s?([-/.年])\s?(\d{1,2})\s?([-/.月])\s?(\d{1,2})(?!\d)\s?[日号]?[T\s]?\s?(.*)$/u
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)[T\s]?(.*)$/u
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?:[T\s]?(\d\d)(?:(\d\d)(\d\d)?)?)?(?!\d)(.*)$/u
const WEIBO = /^[a-z]{3},? ([a-z]{3}) (\d{1,2}) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})$/iu
const NO_YEAR = /^(\d{1,2})([-/.月])(\d{1,2})(?!\d)\s?[日号]?(?![-/.])[T\s]?\s?(.*)$/u
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const CHINESE_WEEKDAY = /^[(\s]*(?:周|星期|礼拜)\s?([一二三四五六日天])[)\s]*/u
const ENGLISH_WEEKDAY =
  /^[(\s]*(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?\.?[),\s]+|^[(\s]*(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?\.?\)?$/iu
const ENGLISH = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** A weekday at the beginning of a text (Monday 1 … Sunday 7) and the text after it, or null. */
export function readWeekday(text: string): { weekday: number; rest: string } | null {
  const chinese = CHINESE_WEEKDAY.exec(text)
  if (chinese) return { weekday: '一二三四五六日'.indexOf((chinese[1] ?? '').replace('天', '日')) + 1, rest: text.slice(chinese[0].length) }
  const english = ENGLISH_WEEKDAY.exec(text)
  return english
    ? { weekday: ENGLISH.indexOf((english[1] ?? english[2] ?? '').toLowerCase()) + 1, rest: text.slice(english[0].length) }
    : null
}

function dated(year: number | null, month: number, day: number, rest: string): WrittenDate {
  const after = readWeekday(rest)
  return { year, month, day, weekday: after?.weekday ?? null, rest: (after?.rest ?? rest).trim() }
}

/**
 * Parses the date at the beginning of a text: `2021-03-24`, `2021年3月24日（周三）`, `20210324`, `2026113015`, `3/24/2021` by
 * `order`, `3月24日`, Weibo's `Wed Mar 24 17:00:00 +0800 2021`.
 * @param text normalized (NFKC), trimmed
 */
export function readDate(text: string, order: DateOrder): WrittenDate | null {
  const first = YEAR_FIRST.exec(text)
  if (first !== null) {
    const [, year, afterYear, month, afterMonth, day, rest] = first
    // 2021-03/24 is a typing error, not a date.
    const consistent = afterYear === '年' ? afterMonth === '月' : afterYear === afterMonth
    return consistent ? dated(Number(year), Number(month), Number(day), rest ?? '') : null
  }
  const last = YEAR_LAST.exec(text)
  if (last !== null) {
    if (order === 'ymd') return null
    const [, one, , two, year, rest] = last
    const [month, day] = order === 'mdy' ? [one, two] : [two, one]
    return dated(Number(year), Number(month), Number(day), rest ?? '')
  }
  const compact = COMPACT.exec(text)
  if (compact !== null) {
    const [, year, month, day, hour, minute, second, zone] = compact
    const time = hour === undefined ? '' : `${hour}:${minute ?? '00'}:${second ?? '00'}`
    return dated(Number(year), Number(month), Number(day), `${time}${zone ?? ''}`)
  }
  const weibo = WEIBO.exec(text)
  if (weibo !== null) {
    const [, month, day, time, zone, year] = weibo
    return dated(Number(year), MONTHS.indexOf((month ?? '').toLowerCase()) + 1, Number(day), `${time}${zone}`)
  }
  const short = NO_YEAR.exec(text)
  if (short === null) return null
  const [, month, separator, day, rest] = short
  // 3.24 may also be a number.
  return separator === '.' && (rest ?? '') === '' ? null : dated(null, Number(month), Number(day), rest ?? '')
}
