import { HOUR, MINUTE } from '#domain/durations.ts'

const LONGEST_H = 90 * 24

/** The units of a limit, in full and abbreviated, in both languages. */
const UNITS: readonly [RegExp, number][] = [
  [/^(?:天|日|d|days?)$/, 24 * HOUR],
  [/^(?:小时|时|h|hours?)$/, HOUR],
  [/^(?:分|分钟|m|min|minutes?)$/, MINUTE],
]

/** Parses a limit: `4 小时`, `30 分`, `1 h 30 min`; a bare number means hours, `0:30` hours and minutes. Null: invalid; undefined: empty. */
export function readLimit(text: string): number | null | undefined {
  const typed = text.trim().toLowerCase().replaceAll('：', ':')
  if (typed === '') return undefined
  const ms = /^\d{1,4}(?::[0-5]\d)?$/.test(typed) ? readFigures(typed) : readUnits(typed)
  return ms !== null && ms >= MINUTE && ms <= LONGEST_H * HOUR ? ms : null
}

function readFigures(typed: string): number {
  const [hours = '0', minutes = '0'] = typed.split(':')
  return Number(hours) * HOUR + Number(minutes) * MINUTE
}

/** Parses numbers with units: each unit at most once, larger ones first. */
function readUnits(typed: string): number | null {
  if (!/^(?:\d{1,5}\s*[^\d\s]+\s*)+$/.test(typed)) return null
  let ms = 0
  let last = Number.POSITIVE_INFINITY
  for (const [, count, word = ''] of typed.matchAll(/(\d{1,5})\s*([^\d\s]+)/g)) {
    const unit = UNITS.find(([pattern]) => pattern.test(word))?.[1]
    if (unit === undefined || unit >= last) return null
    last = unit
    ms += Number(count) * unit
  }
  return ms
}
