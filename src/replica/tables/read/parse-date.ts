import { DateTime, FixedOffsetZone, IANAZone } from 'luxon'
import { readTimeOfDay, withDigits, type TimeOfDay } from '#domain/time/time-of-day.ts'
import { readDate, type DateOrder, type WrittenDate } from '#domain/time/written-date.ts'
import { isClearZone } from '#domain/time/zone.ts'
import { tableProblem, type Outcome, type ValueProblemCode } from '../table-problem.ts'
import { dateOfSerial } from './excel-values.ts'
import { hasDisguisedDigits } from './parse-number.ts'

export type { DateOrder }

export interface DateReading {
  /** IANA name of the zone of times without one, e.g. `Asia/Shanghai`. */
  readonly zone: string
  readonly order: DateOrder
  /** Whether a bare number such as 44279.7 is an Excel day count, and from which of its two epochs. False by default. */
  readonly excelSerials?: boolean | 'from-1904'
}

export interface Moment {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly epochMs: number
  /** Whether the text contained a zone or was an instant. */
  readonly hadZone: boolean
  /** Whether this time occurred twice, when clocks were set back; the earlier one is returned. */
  readonly ambiguous: boolean
}

export type DateProblemCode = Exclude<ValueProblemCode, 'not-a-number'>

/** 2026113015 is 15:00 on that day; as seconds since 1970 it would be in 2034. */
const DAY_AND_HOUR = /^(?:199\d|20\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])$/u

export const FIRST_YEAR = 1990
export const LAST_YEAR = 2100

/**
 * Parses a date, with or without time and zone, as people and programs in China and elsewhere write it: ISO 8601, `2021/3/24 17:00`,
 * `2021年3月24日（周三）下午5:00`, `2021.03.24`, `20210324`, `2021032417`, `3/24/2021` by `order`, Weibo's `Wed Mar 24 17:00:00 +0800 2021`,
 * and instants of 10 (s) or 13 (ms) digits. A date alone is the beginning of that day.
 * Problems: not-a-date, date-without-year, date-out-of-range (before 1990 or after 2100), time-does-not-exist (skipped when clocks
 * were set forward), time-ambiguous (晚上1点 may be on either of two days), weekday-differs, unknown-zone.
 */
export function parseWhen(text: string, reading: DateReading): Outcome<Moment, DateProblemCode> {
  const clean = text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim()
  // The zone object is cached; otherwise every row would create a formatter of several megabytes.
  if (!isClearZone(reading.zone) || !IANAZone.create(reading.zone).isValid) return problem('unknown-zone', { zone: reading.zone })
  if (hasDisguisedDigits(text)) return problem('not-a-date', { text })
  if (/^\d{10}$|^\d{13}$/u.test(clean) && !DAY_AND_HOUR.test(clean))
    return checkYear(Number(clean) * (clean.length === 10 ? 1000 : 1), clean)

  const serial = reading.excelSerials && /^\d{5}(?:\.\d+)?$/u.test(clean) ? dateOfSerial(clean, reading.excelSerials === 'from-1904') : null
  const written = serial ?? clean
  const date = readDate(withDigits(written), reading.order)
  if (date === null) return problem('not-a-date', { text })
  const { year } = date
  if (year === null) return problem('date-without-year', { text })
  if (year < FIRST_YEAR || year > LAST_YEAR) return outOfRange(text)
  const time = date.rest === '' ? 'none' : readTimeOfDay(date.rest)
  if (time === null) return problem('not-a-date', { text })
  if (time === 'ambiguous') return problem('time-ambiguous', { text })
  return place({ ...date, year }, time, reading.zone, text)
}

/**
 * Joins a moment from two columns for {@link parseWhen}: the date, without the midnight that a workbook adds, and the time,
 * which may be 15:05, 下午3:05, 1505, or an Excel fraction of a day.
 */
export function joinWhen(date: string, time: string): string {
  const day = date.trim().replace(/[T\s]00:00(?::00(?:\.0+)?)?$/u, '')
  const clean = time.normalize('NFKC').trim()
  if (clean === '') return day
  if (/^0?\.\d+$/u.test(clean)) return `${day} ${dateOfSerial(clean, false) ?? clean}`
  const short = /^\d{3,6}$/u.test(clean) ? readTimeOfDay(clean, { compact: true }) : null
  return `${day} ${short && short !== 'ambiguous' ? [short.hour, short.minute, short.second].map((part) => String(part).padStart(2, '0')).join(':') : clean}`
}

function place(
  date: WrittenDate & { year: number },
  time: TimeOfDay | 'none',
  zoneName: string,
  text: string,
): Outcome<Moment, DateProblemCode> {
  const offset = time === 'none' ? null : time.offset
  const zone = offset === null ? IANAZone.create(zoneName) : FixedOffsetZone.instance(offset)
  const day = DateTime.fromObject({ year: date.year, month: date.month, day: date.day }, { zone })
  if (!day.isValid) return problem('not-a-date', { text })
  if (date.weekday !== null && date.weekday !== day.weekday) return problem('weekday-differs', { text })
  if (time === 'none') return found(day.startOf('day').toMillis(), false, false)

  const { hour, minute, second, millisecond } = time
  const onDay = hour >= 24 ? day.plus({ days: 1 }) : day
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
