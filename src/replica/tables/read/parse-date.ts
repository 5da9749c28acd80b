import { DateTime, FixedOffsetZone, IANAZone } from 'luxon'
import { tableProblem, type Outcome, type ValueProblemCode } from '../table-problem.ts'
import { dateOfSerial } from './excel-values.ts'

/** The order of day and month where the year comes last; a year that comes first settles it by itself. */
export type DateOrder = 'ymd' | 'mdy' | 'dmy'

export interface DateReading {
  /** IANA name of the zone in which times without one were written, e.g. `Asia/Shanghai`. */
  readonly zone: string
  readonly order: DateOrder
  /** Take a bare number such as 44279.7 for a day count of Excel. False by default. */
  readonly excelSerials?: boolean
}

export interface Moment {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly epochMs: number
  /** Whether the text said its own zone or was an instant by itself. */
  readonly hadZone: boolean
  /** Whether the clock showed this time twice, on the night it was set back; the earlier of the two is given. */
  readonly ambiguous: boolean
}

export type DateProblemCode = Exclude<ValueProblemCode, 'not-a-number'>

export const FIRST_YEAR = 1990
export const LAST_YEAR = 2100

/**
 * Reads a date, with or without time and zone, as people and programs in China and elsewhere write it: ISO 8601, `2021/3/24 17:00`,
 * `2021年3月24日 下午5:00`, `2021.03.24`, `20210324`, `3/24/2021` by `order`, Weibo's `Wed Mar 24 17:00:00 +0800 2021`,
 * and instants of 10 (s) or 13 (ms) digits. A date alone is the beginning of that day.
 * Problems: not-a-date, date-without-year, date-out-of-range (before 1990 or after 2100), time-does-not-exist (skipped when clocks
 * were set forward), unknown-zone.
 */
export function parseWhen(text: string, reading: DateReading): Outcome<Moment, DateProblemCode> {
  const clean = text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim()
  // The zone made once remembers the answer; asking anew makes a formatter of megabytes for every row.
  if (!IANAZone.create(reading.zone).isValid) return problem('unknown-zone', { zone: reading.zone })
  if (/^\d{10}$|^\d{13}$/u.test(clean)) return checkYear(Number(clean) * (clean.length === 10 ? 1000 : 1), clean)

  const serial = reading.excelSerials === true && /^\d{5}(?:\.\d+)?$/u.test(clean) ? dateOfSerial(Number(clean), false) : null
  const written = serial ?? clean
  const date = readDate(written, reading.order)
  if (date === 'no year') return problem('date-without-year', { text })
  if (date === null) return problem('not-a-date', { text })
  if (date.year < FIRST_YEAR || date.year > LAST_YEAR) return outOfRange(text)
  const time = date.rest === '' ? 'none' : readTime(date.rest)
  if (time === null) return problem('not-a-date', { text })
  return place(date, time, reading.zone, text)
}

interface WrittenDate {
  readonly year: number
  readonly month: number
  readonly day: number
  /** What follows the date. */
  readonly rest: string
}

interface WrittenTime {
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
  /** Minutes east of Greenwich, null when not said. */
  readonly offset: number | null
}

const YEAR_FIRST = /^(\d{4})\s?([-/.年])\s?(\d{1,2})\s?([-/.月])\s?(\d{1,2})(?!\d)\s?[日号]?[T\s]?\s?(.*)$/u
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)[T\s]?(.*)$/u
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?:[T\s]?(\d\d)(\d\d)(\d\d)?)?(.*)$/u
const WEEKDAY_FIRST = /^[a-z]{3},? ([a-z]{3}) (\d{1,2}) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})$/iu
const NO_YEAR = /^(?:\d{1,2}\s?月\s?\d{1,2}\s?[日号]?(?:[\s\d上下].*)?|\d{1,2}[-/]\d{1,2}(?:\s.*)?)$/u
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function readDate(text: string, order: DateOrder): WrittenDate | 'no year' | null {
  const first = YEAR_FIRST.exec(text)
  if (first !== null) {
    const [, year, afterYear, month, afterMonth, day, rest] = first
    // 2021-03/24 is a slip of the pen, not a date.
    const consistent = afterYear === '年' ? afterMonth === '月' : afterYear === afterMonth
    return consistent ? { year: Number(year), month: Number(month), day: Number(day), rest: rest ?? '' } : null
  }
  const last = YEAR_LAST.exec(text)
  if (last !== null) {
    if (order === 'ymd') return null
    const [, one, , two, year, rest] = last
    const [month, day] = order === 'mdy' ? [one, two] : [two, one]
    return { year: Number(year), month: Number(month), day: Number(day), rest: rest ?? '' }
  }
  const compact = COMPACT.exec(text)
  if (compact !== null) {
    const [, year, month, day, hour, minute, second, zone] = compact
    const time = hour === undefined ? '' : `${hour}:${minute}:${second ?? '00'}`
    return { year: Number(year), month: Number(month), day: Number(day), rest: `${time}${zone ?? ''}` }
  }
  const weekday = WEEKDAY_FIRST.exec(text)
  if (weekday !== null) {
    const [, month, day, time, zone, year] = weekday
    return {
      year: Number(year),
      month: MONTHS.indexOf((month ?? '').toLowerCase()) + 1,
      day: Number(day),
      rest: `${time}${zone}`,
    }
  }
  return NO_YEAR.test(text) ? 'no year' : null
}

const TIME =
  /^(上午|下午|AM|PM)?\s?(\d{1,2})(?:[:时点]\s?(?:(\d{1,2})(?:[:分]\s?(?:(\d{1,2})(?:[.,](\d{1,9}))?\s?秒?)?)?)?)?\s?(AM|PM)?\s?(Z|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d\d)?|UTC|GMT)?$/iu

function readTime(text: string): WrittenTime | null {
  const match = TIME.exec(text)
  if (match === null) return null
  const [, before, hourText, minute, second, fraction, after, zone] = match
  // A bare number is no time of day.
  if (!/[:时点]/u.test(text) && before === undefined && after === undefined) return null
  if (before !== undefined && after !== undefined) return null
  const hour = hourOfDay(Number(hourText), (before ?? after ?? '').toUpperCase())
  const offset = zone === undefined ? null : readOffset(zone)
  if (hour === null || offset === undefined) return null
  const time = {
    hour,
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? '').slice(0, 3).padEnd(3, '0')),
    offset,
  }
  if (time.minute > 59 || time.second > 59) return null
  // ISO 8601 lets the day end at 24:00, and nothing after.
  if (hour > 24 || (hour === 24 && time.minute + time.second + time.millisecond > 0)) return null
  return time
}

function hourOfDay(hour: number, half: string): number | null {
  if (half === '') return hour
  const morning = half === '上午' || half === 'AM'
  // 下午17:00 is said twice over but is clear.
  if (hour > 12) return morning ? null : hour
  return (hour % 12) + (morning ? 0 : 12)
}

/** Minutes east of Greenwich; undefined when there is no such offset. */
function readOffset(zone: string): number | undefined {
  const match = /([+-])(\d{1,2}):?(\d\d)?$/u.exec(zone)
  if (match === null) return 0
  const [, sign, hours, minutes] = match
  const offset = Number(hours) * 60 + Number(minutes ?? 0)
  if (offset > 14 * 60 || Number(minutes ?? 0) > 59) return undefined
  return sign === '-' ? -offset : offset
}

function place(date: WrittenDate, time: WrittenTime | 'none', zoneName: string, text: string): Outcome<Moment, DateProblemCode> {
  const offset = time === 'none' ? null : time.offset
  const zone = offset === null ? IANAZone.create(zoneName) : FixedOffsetZone.instance(offset)
  const day = DateTime.fromObject({ year: date.year, month: date.month, day: date.day }, { zone })
  if (!day.isValid) return problem('not-a-date', { text })
  if (time === 'none') return found(day.startOf('day').toMillis(), false, false)

  const { hour, minute, second, millisecond } = time
  const onDay = hour === 24 ? day.plus({ days: 1 }) : day
  const wanted = { year: onDay.year, month: onDay.month, day: onDay.day, hour: hour % 24, minute, second, millisecond }
  const moment = DateTime.fromObject(wanted, { zone })
  if (!moment.isValid) return problem('not-a-date', { text })
  if (moment.hour !== wanted.hour || moment.minute !== minute) return problem('time-does-not-exist', { text, zone: zoneName })
  const possible = moment.getPossibleOffsets().map((one) => one.toMillis())
  return found(Math.min(...possible), offset !== null, possible.length > 1)
}

function checkYear(epochMs: number, text: string): Outcome<Moment, DateProblemCode> {
  const { year } = DateTime.fromMillis(epochMs, { zone: 'utc' })
  return year < FIRST_YEAR || year > LAST_YEAR ? outOfRange(text) : found(epochMs, true, false)
}

function found(epochMs: number, hadZone: boolean, ambiguous: boolean): Outcome<Moment, DateProblemCode> {
  return { ok: true, value: { epochMs, hadZone, ambiguous } }
}

function outOfRange(text: string): Outcome<Moment, DateProblemCode> {
  return problem('date-out-of-range', { text, first: FIRST_YEAR, last: LAST_YEAR })
}

function problem(code: DateProblemCode, params: Record<string, string | number>): Outcome<Moment, DateProblemCode> {
  return { ok: false, problem: tableProblem(code, params) }
}
