/** A time of day as written. Hour 24 and above is on the next day: 晚上12点 is the end of the given day. */
export type TimeOfDay = {
  hour: number
  minute: number
  second: number
  millisecond: number
  /** Minutes east of Greenwich, null if not stated. */
  offset: number | null
}

const CHINESE_DIGITS = '零一二三四五六七八九'
const NUMERAL = /[零〇一二两三四五六七八九十]{1,3}(?=\s?(?:个|点|时|分|秒|小时|钟头|刻|天|周|星期|月|日|号))/gu

function valueOf(numeral: string): string {
  const [tens, ones, ...more] = numeral.replace('〇', '零').replace('两', '二').split('十')
  if (more.length > 0) return numeral
  const digit = (text: string) => CHINESE_DIGITS.indexOf(text)
  if (ones === undefined) return numeral.length === 1 || numeral.length === 2 ? [...(tens ?? '')].map(digit).join('') : numeral
  return String((tens === '' ? 1 : digit(tens ?? '')) * 10 + (ones === '' ? 0 : digit(ones)))
}

/** Converts numerals before a unit of time to digits: 九点半, 二十分钟前, 十一月三日. Weekdays (周三) stay. */
export function withDigits(text: string): string {
  return text.replaceAll(NUMERAL, (numeral, at: number) => (/[周期拜]$/u.test(text.slice(0, at)) ? numeral : valueOf(numeral)))
}

const PART = '凌晨|清晨|早晨|早上|早|上午|中午|正午|午后|下午|傍晚|晚上|晚间|晚|夜里|夜间|深夜|半夜|夜|AM|PM'
const TIME = new RegExp(
  `^(${PART})?\\s?(\\d{1,2})(?:\\s?[:时点]\\s?(?:(\\d{1,2})(?:[:分]\\s?(?:(\\d{1,2})(?:[.,](\\d{1,9}))?\\s?秒?)?)?|(半|[13]刻钟?|整|钟))?)?\\s?([ap]\\.?m\\.?)?\\s?(Z|(?:UTC|GMT)?\\s?[+-]\\d{1,2}(?::?\\d\\d)?|UTC|GMT)?$`,
  'iu',
)

/**
 * Parses a time of day: `14:20`, `14点20分`, `下午3点半`, `3:20 pm`, `15:05:00.5+08:00`, `晚上九点`.
 * @param text normalized (NFKC), trimmed
 * @param compact accept 1420, 830 and 142005 as times, where nothing else is possible
 * @returns null when it is none; 'ambiguous' when people read it in two ways: 晚上1点 may be 01:00 or 13:00, of this day or the
 *   next
 */
export function readTimeOfDay(text: string, { compact = false } = {}): TimeOfDay | 'ambiguous' | null {
  const short = compact ? /^(\d{1,2})(\d\d)(\d\d)?$/u.exec(text) : null
  if (short) return checked(Number(short[1]), Number(short[2]), Number(short[3] ?? 0), 0, null)
  const found = TIME.exec(withDigits(text))
  if (!found) return null
  const [, part = '', hourText, minuteText, secondText, fraction, piece, meridiem, zone] = found
  // A bare number is not a time of day.
  if (!/[:时点]/u.test(text) && part === '' && meridiem === undefined) return null
  if (part !== '' && meridiem !== undefined) return null
  const offset = zone === undefined ? null : readOffset(zone)
  if (offset === undefined) return null
  const hour = hourIn((part || (meridiem ?? '').replaceAll('.', '')).toUpperCase(), Number(hourText))
  if (hour === null || hour === 'ambiguous') return hour
  // ISO 8601 allows 24:00 as the end of the day, and nothing after it; only evening hours continue past midnight.
  if (part === '' && hour === 24 && Number(minuteText ?? 0) + Number(secondText ?? 0) + Number(fraction ?? 0) > 0) return null
  return checked(
    hour,
    piece ? minutesOf(piece) : Number(minuteText ?? 0),
    Number(secondText ?? 0),
    Number((fraction ?? '').slice(0, 3).padEnd(3, '0')),
    offset,
  )
}

function minutesOf(piece: string): number {
  return piece === '半' ? 30 : piece.startsWith('1') ? 15 : piece.startsWith('3') ? 45 : 0
}

function checked(hour: number, minute: number, second: number, millisecond: number, offset: number | null): TimeOfDay | null {
  if (minute > 59 || second > 59 || hour > 24) return null
  return { hour, minute, second, millisecond, offset }
}

/** The hour of the day, 0–24, of an hour with its part of the day. */
function hourIn(part: string, hour: number): number | 'ambiguous' | null {
  if (hour > 24) return null
  switch (part) {
    case '':
      return hour
    case 'AM':
    case '上午':
      return hour > 12 ? null : hour % 12
    case 'PM':
    case '下午':
    case '午后':
      // 下午17:00 is redundant but clear.
      return hour === 0 ? null : hour >= 12 ? hour : hour + 12
    case '凌晨':
      return hour === 12 ? 0 : hour <= 8 ? hour : null
    case '清晨':
    case '早晨':
    case '早上':
    case '早':
      return hour >= 1 && hour <= 11 ? hour : null
    case '中午':
    case '正午':
      return hour >= 10 && hour <= 14 ? hour : hour >= 1 && hour <= 3 ? hour + 12 : null
    default:
      // Evening and night: 5 to 11 is this evening, 12 is the end of the day, and 1 to 4 may be on either day.
      if (hour >= 17 || hour === 0) return hour === 0 ? 24 : hour
      return hour === 12 ? 24 : hour >= 5 && hour <= 11 ? hour + 12 : hour < 5 ? 'ambiguous' : null
  }
}

/** Minutes east of Greenwich; undefined if the offset does not exist. */
function readOffset(zone: string): number | undefined {
  const match = /([+-])(\d{1,2}):?(\d\d)?$/u.exec(zone)
  if (match === null) return 0
  const [, sign, hours, minutes] = match
  const offset = Number(hours) * 60 + Number(minutes ?? 0)
  if (offset > 14 * 60 || Number(minutes ?? 0) > 59) return undefined
  return sign === '-' ? -offset : offset
}
