const MINUTE = 60_000
const HOUR = 60 * MINUTE
const LONGEST_H = 90 * 24

/** The units a limit may be typed in, as both languages write and shorten them. */
const UNITS: readonly [RegExp, number][] = [
  [/^(?:天|日|d|days?)$/, 24 * HOUR],
  [/^(?:小时|时|h|hours?)$/, HOUR],
  [/^(?:分|分钟|m|min|minutes?)$/, MINUTE],
]

/**
 * Reads a limit as it is typed: `4 小时`, `30 分`, `1 h 30 min`; a bare number and `0:30` are hours, and hours and minutes.
 * Null: no limit can be read; undefined: left empty.
 */
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

/** Figures each with their unit, the larger first and none twice. */
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
