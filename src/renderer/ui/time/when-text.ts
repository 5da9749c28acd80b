import { DAY, HOUR, MINUTE } from '#domain/durations.ts'
import { readTimeOfDay, withDigits, type TimeOfDay } from '#domain/time/time-of-day.ts'
import { readDate, readWeekday } from '#domain/time/written-date.ts'

/**
 * Parses a time as people type it: "10 分钟前", "昨晚 9 点", "周日 21:00", "3-24 17:00", "2021-03-24 17:00", "2h ago", "明早 8 点", "in 2 hours". A
 * time without a day, a day without a year, or a weekday means the most recent one in the past.
 */

/** Tolerance for a clock slightly ahead of ours, so that "14:20" does not become yesterday's. */
const SLACK = 5 * MINUTE

const NOW = /^(现在|刚刚|刚才|now|just now)?$/i
const AMOUNT = '(半|an?|half an?|\\d{1,4}(?:\\.5)?)\\s*个?\\s*(半)?\\s*'
const UNITS = '(分钟?|小时|钟头|刻钟|天|日|周|星期|礼拜|min(?:ute)?s?|m|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:ee)?ks?)'
const LENGTH = `${AMOUNT}${UNITS}\\s*(半)?\\s*(?:(\\d{1,2})\\s*(?:分钟?|min(?:ute)?s?|m)\\s*)?`
const AGO = new RegExp(`^${LENGTH}(?:之?前|以前|ago)$`, 'i')
const AHEAD = new RegExp(`^(?:${LENGTH}(?:之?后|以后|later|from now)|in ${LENGTH})$`, 'i')

/** Words for a day, and for a part of a day: 昨晚 is 晚上 of yesterday. */
const DAYS: readonly (readonly [RegExp, back: number, part: string])[] = [
  [/^(今天|今日|today)/i, 0, ''],
  [/^(昨天|昨日|yesterday)/i, 1, ''],
  [/^(大前天)/, 3, ''],
  [/^(前天|前日)/, 2, ''],
  [/^(今早|今晨|this morning)/i, 0, '早上'],
  [/^(今晚|今夜|tonight|this evening)/i, 0, '晚上'],
  [/^(昨晚|昨夜|last night)/i, 1, '晚上'],
  [/^(昨早|昨晨)/, 1, '早上'],
  [/^(前晚|前夜)/, 2, '晚上'],
  [/^(大后天)/, -3, ''],
  [/^(后天|后日)/, -2, ''],
  [/^(明天|明日|tomorrow)/i, -1, ''],
  [/^(明早|明晨)/, -1, '早上'],
  [/^(明晚|明夜)/, -1, '晚上'],
]

type Day = { year: number; month: number; day: number }

function localTime(date: Day, { hour, minute, second, offset }: TimeOfDay): number | null {
  const midnight = new Date(date.year, date.month - 1, date.day)
  // The Date constructor rolls 30 February over; reject dates that do not exist.
  if (midnight.getFullYear() !== date.year || midnight.getMonth() !== date.month - 1 || midnight.getDate() !== date.day) return null
  if (offset !== null) return Date.UTC(date.year, date.month - 1, date.day, hour, minute - offset, second)
  const at = new Date(date.year, date.month - 1, date.day + (hour >= 24 ? 1 : 0), hour % 24, minute, second)
  // It also shifts hours that a clock change skips.
  return at.getHours() === hour % 24 && at.getMinutes() === minute ? at.getTime() : null
}

function dayOf(at: number): Day {
  const date = new Date(at)
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() }
}

function daysBefore(now: number, days: number): Day {
  const { year, month, day } = dayOf(now)
  return dayOf(new Date(year, month - 1, day - days, 12).getTime())
}

function parseTime(text: string, part = ''): TimeOfDay | null {
  const clean = text.trim()
  // 昨晚 9 点 is 晚上 9 点; 昨晚 21:05 already has a 24-hour time.
  const time = readTimeOfDay(part === '' || /^(1[3-9]|2\d)|[ap]\.?m/i.test(clean) ? clean : `${part}${clean}`, { compact: true })
  return time === 'ambiguous' ? null : time
}

/** "10 分钟前", "in 2 hours": a duration before or after now. */
function parseLength(text: string, now: number): number | null {
  const typed = withDigits(text)
  const ago = AGO.exec(typed)
  const ahead = AHEAD.exec(typed)
  const found = ago ?? ahead
  if (!found) return null
  const [amountText = '', halfBefore, unitText = '', halfAfter, minutes] = found.slice(1, 6).some((part) => part !== undefined)
    ? found.slice(1, 6)
    : found.slice(6, 11)
  const amount = /^半$|^half/i.test(amountText) ? 0.5 : /^an?$/i.test(amountText) ? 1 : Number(amountText)
  const unit = unitText.toLowerCase()
  const length =
    unit.startsWith('分') || unit.startsWith('m')
      ? MINUTE
      : unit === '刻钟'
        ? 15 * MINUTE
        : /^[天日d]/.test(unit)
          ? DAY
          : /^[周星礼w]/.test(unit)
            ? 7 * DAY
            : HOUR
  const away = (amount + (halfBefore || halfAfter ? 0.5 : 0)) * length + Number(minutes ?? 0) * MINUTE
  return ago ? now - away : now + away
}

/**
 * @param text the typed text; empty means now
 * @param now milliseconds since 1970
 * @param toward whether a time without a day is the last one in the past, or the next one, as for due times
 * @returns milliseconds since 1970 in this machine's time zone, or null if the time does not exist or is ambiguous
 */
export function parseWhen(text: string, now: number, toward: 'past' | 'future' = 'past'): number | null {
  const typed = text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ')
  if (NOW.test(typed)) return now
  const apart = parseLength(typed, now)
  if (apart !== null) return apart

  const way = toward === 'past' ? 1 : -1
  const nearest = (dayAt: (steps: number) => Day, time: TimeOfDay) => {
    const first = localTime(dayAt(0), time)
    const fits = first !== null && (toward === 'past' ? first <= now + SLACK : first >= now)
    return fits ? first : localTime(dayAt(1), time)
  }

  const timeAlone = parseTime(typed)
  if (timeAlone) return nearest((steps) => daysBefore(now, steps * way), timeAlone)

  for (const [words, back, part] of DAYS) {
    const word = words.exec(typed)
    if (!word) continue
    const time = parseTime(typed.slice(word[0].length).replace(/^ ?(?:的|at) ?/, ''), part)
    return time && localTime(daysBefore(now, back), time)
  }

  const week = /^(上个?|这个?|本)(?=周|星期|礼拜)/.exec(typed)
  const weekday = readWeekday(typed.slice(week?.[0].length ?? 0))
  if (weekday) {
    const time = parseTime(weekday.rest)
    if (!time) return null
    const today = new Date(now).getDay() || 7
    // A week begins on Monday: 上周日 is the Sunday before this Monday.
    if (week) return localTime(daysBefore(now, today - weekday.weekday + (week[0].startsWith('上') ? 7 : 0)), time)
    const away = toward === 'past' ? (today - weekday.weekday + 7) % 7 : -((weekday.weekday - today + 7) % 7)
    return nearest((steps) => daysBefore(now, away + 7 * steps * way), time)
  }

  const date = readDate(withDigits(typed), 'ymd')
  const time = date && parseTime(date.rest)
  if (!date || !time) return null
  const { year, month, day } = date
  const at =
    year === null ? nearest((steps) => ({ year: dayOf(now).year - steps * way, month, day }), time) : localTime({ year, month, day }, time)
  return at !== null && date.weekday !== null && (new Date(at - (time.hour >= 24 ? DAY : 0)).getDay() || 7) !== date.weekday ? null : at
}

/** The value of a `datetime-local` field for a time. */
export function toLocalField(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Formats a time for the field, so that {@link parseWhen} reads it back: `2026-11-22 15:30:05`, seconds only if not zero. */
export function toWhenText(at: number): string {
  const seconds = new Date(at).getSeconds()
  return toLocalField(at).replace('T', ' ') + (seconds > 0 ? `:${String(seconds).padStart(2, '0')}` : '')
}
