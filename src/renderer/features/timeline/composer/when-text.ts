/**
 * Reads when something happened from what a person types: "10 分钟前", "昨天 21:05", "3-24 17:00", "2021-03-24 17:00", "2h ago".
 * A time without a day is the last one that has passed; a day without a year is the last one that has passed.
 */

const MINUTE = 60_000
/** A clock that is a little ahead of ours must not push "14:20" to yesterday. */
const SLACK = 5 * MINUTE

const NOW = /^(现在|刚刚|刚才|now|just now)?$/i
const AGO = /^(半|\d{1,4}(?:\.5)?)\s*个?\s*(分钟?|小时|钟头|天|min(?:ute)?s?|m|h(?:(?:ou)?rs?)?|d(?:ays?)?)\s*(?:前|ago)$/i
const DAY_WORDS: Record<string, number> = { 今天: 0, 今日: 0, today: 0, 昨天: 1, 昨日: 1, yesterday: 1, 前天: 2 }

type Day = { year: number; month: number; day: number }

function localTime(date: Day, hour: number, minute: number, second: number): number | null {
  const at = new Date(date.year, date.month - 1, date.day, hour, minute, second)
  // The Date constructor rolls 30 February over and moves hours that a clock change skips; both mean that no such time exists.
  const exists =
    at.getFullYear() === date.year && at.getMonth() === date.month - 1 && at.getDate() === date.day && at.getHours() === hour && at.getMinutes() === minute
  return exists ? at.getTime() : null
}

function dayOf(at: number): Day {
  const date = new Date(at)
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() }
}

function daysBefore(now: number, days: number): Day {
  const { year, month, day } = dayOf(now)
  return dayOf(new Date(year, month - 1, day - days, 12).getTime())
}

/** Hours and minutes of "14:20", "14点20分", "下午3点半", "3:20 pm"; the empty text is no time. */
function parseTimeOfDay(text: string): { hour: number; minute: number; second: number } | null {
  const found = /^(凌晨|早上|上午|中午|下午|晚上|傍晚)?\s*(\d{1,2})(?:[:点时](?:(\d{1,2})(?:分|:(\d{2}))?|(半))?)?\s*(am|pm)?$/i.exec(text)
  if (!found) return null
  const [, part, hourText, minuteText, secondText, half, meridiem] = found
  const bare = !/[:点时]/.test(text) && meridiem === undefined
  if (hourText === undefined || bare) return null
  let hour = Number(hourText)
  const minute = half ? 30 : Number(minuteText ?? 0)
  const second = Number(secondText ?? 0)
  const afternoon = part === '下午' || part === '晚上' || part === '傍晚' || part === '中午' || meridiem?.toLowerCase() === 'pm'
  if (afternoon && hour < 12 && !(part === '中午' && hour >= 10)) hour += 12
  if (meridiem?.toLowerCase() === 'am' && hour === 12) hour = 0
  return hour < 24 && minute < 60 && second < 60 ? { hour, minute, second } : null
}

function parseAgo(text: string, now: number): number | null {
  const found = AGO.exec(text)
  if (!found) return null
  const amount = found[1] === '半' ? 0.5 : Number(found[1])
  const unit = (found[2] ?? '').toLowerCase()
  const length = unit.startsWith('分') || unit.startsWith('m') ? MINUTE : unit.startsWith('天') || unit.startsWith('d') ? 24 * 60 * MINUTE : 60 * MINUTE
  return now - amount * length
}

/**
 * @param text what was typed; empty means now
 * @param now milliseconds since 1970
 * @returns milliseconds since 1970 in the zone of this machine, or null when it is no time that exists
 */
export function parseWhen(text: string, now: number): number | null {
  const typed = text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ')
  if (NOW.test(typed)) return now
  const ago = parseAgo(typed, now)
  if (ago !== null) return ago

  const timeAlone = parseTimeOfDay(typed)
  if (timeAlone) return lastPassed((back) => daysBefore(now, back), timeAlone, now)

  const word = /^(今天|今日|昨天|昨日|前天|today|yesterday)\s*(.+)$/i.exec(typed)
  if (word) {
    const time = parseTimeOfDay(word[2] ?? '')
    return time && localTime(daysBefore(now, DAY_WORDS[(word[1] ?? '').toLowerCase()] ?? 0), time.hour, time.minute, time.second)
  }

  const date = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?[ T]?(.*)$/.exec(typed)
  if (!date) return null
  const time = parseTimeOfDay(date[4]?.trim() ?? '')
  if (!time) return null
  const month = Number(date[2])
  const day = Number(date[3])
  if (date[1] !== undefined) return localTime({ year: Number(date[1]), month, day }, time.hour, time.minute, time.second)
  const thisYear = dayOf(now).year
  return lastPassed((back) => ({ year: thisYear - back, month, day }), time, now)
}

function lastPassed(dayAt: (back: number) => Day, time: { hour: number; minute: number; second: number }, now: number): number | null {
  const latest = localTime(dayAt(0), time.hour, time.minute, time.second)
  if (latest !== null && latest <= now + SLACK) return latest
  return localTime(dayAt(1), time.hour, time.minute, time.second)
}

/** The value a `datetime-local` field takes for a moment. */
export function toLocalField(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** A moment as the field shows it and {@link parseWhen} reads it back: `2026-11-22 15:30:05`, seconds only where there are any. */
export function toWhenText(at: number): string {
  const seconds = new Date(at).getSeconds()
  return toLocalField(at).replace('T', ' ') + (seconds > 0 ? `:${String(seconds).padStart(2, '0')}` : '')
}
