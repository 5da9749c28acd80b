import { DAY, HOUR } from '#domain/durations.ts'
import i18next from 'i18next'

/** The language of the interface, used to format times. */
export type TimeLanguage = string

const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: TimeLanguage, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  let made = formats.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat(language === 'zh-Hans' ? 'zh-CN' : 'en-GB', { hourCycle: 'h23', ...options })
    formats.set(key, made)
  }
  return made
}

/** The largest distance of a date from 1970, in milliseconds (ECMA-262, "Time Values and Time Range"). */
const FURTHEST = 8.64e15

/** Whether a number is a valid time. Stored values were not always checked; an invalid one must not break a page. */
export function isMoment(at: number): boolean {
  return typeof at === 'number' && Math.abs(at) <= FURTHEST
}

/** Placeholder for an invalid time. */
function notShown(language: TimeLanguage): string {
  return i18next.isInitialized ? i18next.t('ui:notShown', { lng: language }) : '–'
}

/** A time for the `datetime` attribute of `<time>`; undefined if invalid. */
export function machineTime(at: number): string | undefined {
  return isMoment(at) ? new Date(at).toISOString() : undefined
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString()
}

/** Hours and minutes, 24-hour, in the device's zone: `15:42`. */
export function formatClock(at: number, language: TimeLanguage): string {
  if (!isMoment(at)) return notShown(language)
  return format(language, { hour: '2-digit', minute: '2-digit' }).format(at)
}

/** The shortest unambiguous form at `now`: `15:42`, `周三 15:42` within a week, `11月3日 15:42`, with the year if it differs. */
export function formatMoment(at: number, now: number, language: TimeLanguage): string {
  if (!isMoment(at)) return notShown(language)
  if (isSameDay(at, now)) return formatClock(at, language)
  if (Math.abs(at - now) < 6 * DAY) return `${format(language, { weekday: 'short' }).format(at)} ${formatClock(at, language)}`
  const date: Intl.DateTimeFormatOptions = { month: language === 'zh-Hans' ? 'long' : 'short', day: 'numeric' }
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return `${format(language, sameYear ? date : { year: 'numeric', ...date }).format(at)} ${formatClock(at, language)}`
}

/** The full form: date, weekday, seconds and zone. */
export function formatExact(at: number, language: TimeLanguage): string {
  if (!isMoment(at)) return notShown(language)
  const date = format(language, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
  const weekday = format(language, { weekday: 'short' }).format(at)
  const time = format(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at)
  const zone = format(language, { timeZoneName: 'short' }).formatToParts(at)
  return `${date} ${weekday} ${time} ${zone.find((part) => part.type === 'timeZoneName')?.value ?? ''}`.trim()
}

/** A calendar day with its weekday, for headings. */
export function formatDay(at: number, language: TimeLanguage): string {
  if (!isMoment(at)) return notShown(language)
  const weekday = format(language, { weekday: 'short' }).format(at)
  const day = format(language, { year: 'numeric', month: 'long', day: 'numeric' }).format(at)
  return language.startsWith('en') ? `${weekday} ${day}` : `${day} ${weekday}`
}

/** The hour that begins at a time: `14:00–15:00`. */
export function formatHours(at: number, language: TimeLanguage): string {
  if (!isMoment(at)) return notShown(language)
  return `${formatClock(at, language)}–${formatClock(at + HOUR, language)}`
}

/** Splits a duration into whole units. */
export function spanParts(ms: number): { days: number; hours: number; minutes: number; seconds: number } {
  const total = Number.isFinite(ms) ? Math.floor(Math.abs(ms) / 1000) : 0
  return {
    days: Math.floor(total / 86_400),
    hours: Math.floor((total % 86_400) / 3600),
    minutes: Math.floor((total % 3600) / 60),
    seconds: total % 60,
  }
}
