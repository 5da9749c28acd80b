import { readDate } from '../../../time/written-date.ts'
import { readTimeOfDay, withDigits } from '../../../time/time-of-day.ts'
import { plainWidth } from '../text-range.ts'
import { BARE, DATE, MONEY, PHONE, QUANTITY, TIME } from './fact-forms.ts'
import { numeralValue } from './numerals.ts'
import { TIME_QUANTITIES, unitOf } from './units.ts'

/** What a text states that can be compared: a number with its unit, a day, a time of day, a telephone number. */
export type FactKind = 'number' | 'date' | 'time' | 'phone'

export type Fact = {
  kind: FactKind
  /** Independent of the notation: `48` for 两天 and 48 hours, `12-3` for 12月3日, `15:00` for 下午3点, digits for a telephone. */
  value: string
  /** What a number measures: `hour`, `workday`, `yuan`, `台`, '' without a unit; empty for the other kinds. */
  quantity: string
  start: number
  end: number
}

const FORMS = new RegExp(`(?<phone>${PHONE})|(?<date>${DATE})|(?<time>${TIME})|${MONEY}|${QUANTITY}|${BARE}`, 'giu')
const TIMES: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000, 千: 1000, million: 1_000_000, thousand: 1000, k: 1000 }
/** Facts of one text that are looked at; a text with more is no wording. */
const MOST = 2000

/** Chinese words that contain a numeral and a unit without counting anything. */
const NO_COUNT = /^一(?:个|次|家|位|件|名|份|度|起|款|条|项|级|批|号)$/u

function amount(digits: string, times: string | undefined): number {
  const value = numeralValue(digits) * (TIMES[(times ?? '').toLowerCase()] ?? 1)
  return Math.round(value * 1e6) / 1e6
}

/** A day: month and day, with its year if it is written; a day relative to now keeps its words. */
function dayOf(written: string): string {
  const date = readDate(withDigits(written).replaceAll(/\s/gu, ''), 'ymd')
  if (date !== null) return `${date.year === null ? '' : `${date.year}-`}${date.month}-${date.day}`
  return written
    .toLowerCase()
    .replaceAll(/\s+/gu, ' ')
    .replace('今日', '今天')
    .replace('明日', '明天')
    .replace(/(?:星期|礼拜)/u, '周')
    .replace('周天', '周日')
}

function timeOf(written: string): string {
  const time = readTimeOfDay(written.replace('今晚', '晚上').replace('明早', '早上').replaceAll('.', ''))
  if (time === null || time === 'ambiguous') return written.toLowerCase()
  return `${time.hour}:${String(time.minute).padStart(2, '0')}`
}

/**
 * The facts of a text, in its order, without overlaps. Offsets are UTF-16 of the text. Total; the work grows with its length.
 * A day without its year and a day relative to now (明天) are compared as they are written.
 */
export function factsOf(text: string): Fact[] {
  const facts: Fact[] = []
  for (const found of plainWidth(text).matchAll(FORMS)) {
    if (facts.length === MOST) break
    const [written] = found
    const groups = found.groups ?? {}
    const place = { start: found.index, end: found.index + written.length }
    if (groups['phone'] !== undefined) facts.push({ kind: 'phone', value: written.replaceAll(/\D/gu, ''), quantity: '', ...place })
    else if (groups['date'] !== undefined) facts.push({ kind: 'date', value: dayOf(written), quantity: '', ...place })
    else if (groups['time'] !== undefined) facts.push({ kind: 'time', value: timeOf(written), quantity: '', ...place })
    else if (groups['sum'] !== undefined) {
      facts.push({ kind: 'number', value: String(amount(groups['sum'], groups['sumTimes'])), quantity: 'yuan', ...place })
    } else if (groups['amount'] !== undefined) {
      const { quantity, size } = unitOf(groups['unit'] ?? '')
      const ends = [/^(?:[\d,]+(?:\.\d+)?|\D+)/u.exec(groups['amount'])?.[0] ?? '', groups['until']].flatMap((end) => end ?? [])
      const values = ends.map((end) => Math.round(amount(end, groups['times']) * size * 1e6) / 1e6)
      if (values.some(Number.isNaN) || NO_COUNT.test(written)) continue
      facts.push({ kind: 'number', value: values.join('-'), quantity, ...place })
    } else {
      facts.push({ kind: 'number', value: String(amount(groups['bare'] ?? '', groups['bareTimes'])), quantity: '', ...place })
    }
  }
  return facts
}

/** Whether a fact says when something happens, or within what time. */
export function tellsWhen({ kind, quantity }: Fact): boolean {
  return kind === 'date' || kind === 'time' || (kind === 'number' && TIME_QUANTITIES.has(quantity))
}
