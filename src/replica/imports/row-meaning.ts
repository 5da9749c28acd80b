import { isShare } from '#domain/series/guess-reading.ts'
import { DecisionDetail, ENTRY_TEXT_LIMIT, Tag, type EntryKind } from '#domain/timeline/entry.ts'
import type { RowMeaningCode, NumbersMapping, ReadingOptions, TimelineMapping } from '#contract/import-api.ts'
import { joinWhen, parseWhen, type DateReading } from '../tables/read/parse-date.ts'
import { parseNumber } from '../tables/read/parse-number.ts'
import type { TableRow } from '../tables/read/table-shape.ts'

export type RowProblem = { code: string; params: Record<string, string | number> }

export type RowEntry = { kind: EntryKind; text: string; happenedAt: number; tags?: string[]; decision?: DecisionDetail }

export type Meaning<T> = { ok: true; value: T } | { ok: false; problem: RowProblem }

function rowProblem(code: RowMeaningCode, params: Record<string, string | number> = {}): { ok: false; problem: RowProblem } {
  return { ok: false, problem: { code, params } }
}

/** Words for the kinds of entries that people use in tables. */
const KIND_WORDS: Record<Exclude<EntryKind, 'system' | 'turning-point'>, readonly string[]> = {
  observation: ['observation', '观察', '发现', '情况'],
  decision: ['decision', '决策', '决定'],
  action: ['action', '行动', '处置', '措施'],
  statement: ['statement', '声明', '回应', '公告'],
  'media-report': ['media-report', 'media report', 'media', '媒体', '媒体报道', '报道'],
  regulator: ['regulator', '监管', '监管机构', '监管部门'],
  'customer-voice': ['customer-voice', 'customer voice', 'customer', '客户', '客户声音', '投诉', '用户'],
}

/** The kind that a word names, or null. */
export function kindOfWord(word: string): EntryKind | null {
  const wanted = word.normalize('NFKC').trim().toLowerCase()
  for (const [kind, words] of Object.entries(KIND_WORDS)) if (words.includes(wanted)) return kind as EntryKind
  return null
}

/** What the dates of a file depend on. */
export type FileDates = { format: string; from1904?: boolean }

function dateReading(reading: ReadingOptions, { format, from1904 }: FileDates): DateReading {
  return { zone: reading.zone, order: reading.dateOrder, excelSerials: format === 'xlsx' && (from1904 === true ? 'from-1904' : true) }
}

/** The error of a row in the wanted columns; errors in columns that are not imported are ignored. */
function faultOf(row: TableRow, wanted: readonly number[]): RowProblem | null {
  if (!row.problem) return null
  const fault = row.cellProblems ? row.cellProblems.find(({ params }) => wanted.includes(Number(params['column']) - 1)) : row.problem
  return fault ? { code: fault.code, params: { ...fault.params } } : null
}

/** @param time the time of day from a column of its own, else null */
function whenOf(date: string, time: string | null, reading: DateReading): Meaning<number> {
  if (date.trim() === '') return rowProblem('date-missing')
  const when = parseWhen(time === null ? date : joinWhen(date, time), reading)
  return when.ok
    ? { ok: true, value: when.value.epochMs }
    : { ok: false, problem: { code: when.problem.code, params: { ...when.problem.params } } }
}

/** Tags between separators; `#召回##道歉#` as Weibo writes topics, `#召回` and `＃召回＃` too. */
function tagsIn(text: string): string[] {
  return text
    .split(/[,，;；、\s|]+/u)
    .flatMap((word) => (/^[#＃]/u.test(word) ? word.split(/[#＃]+/u) : [word]))
    .filter((tag) => tag !== '')
}

/**
 * The meaning of a table row as a timeline entry.
 * @param columns names of the file, in order
 * @returns a function from row to entry or problem; it never throws
 */
export function entryReader(
  columns: readonly string[],
  mapping: TimelineMapping,
  reading: ReadingOptions,
  file: FileDates,
): (row: TableRow) => Meaning<RowEntry> {
  const dates = dateReading(reading, file)
  const at = (name: string | undefined) => (name === undefined ? -1 : columns.indexOf(name))
  const [when, kind, tags, reason, decidedBy] = [
    at(mapping.happenedAt),
    at(mapping.kind),
    at(mapping.tags),
    at(mapping.reason),
    at(mapping.decidedBy),
  ]
  const time = at(mapping.time)
  const texts = mapping.text.map((name) => ({ name, index: columns.indexOf(name) }))
  const wanted = [when, time, kind, tags, reason, decidedBy, ...texts.map(({ index }) => index)]

  return (row) => {
    const fault = faultOf(row, wanted)
    if (fault || row.cells === null) return { ok: false, problem: fault ?? { code: 'bad-cell', params: {} } }
    const cells = row.cells
    const cell = (index: number) => (cells[index] ?? '').trim()
    const moment = whenOf(cell(when), time < 0 ? null : cell(time), dates)
    if (!moment.ok) return moment
    const parts = texts.map(({ name, index }) => ({ name, value: cell(index) })).filter(({ value }) => value !== '')
    const text = parts.map(({ name, value }, index) => (index === 0 || texts.length === 1 ? value : `${name}: ${value}`)).join('\n')
    if (text === '') return rowProblem('text-missing')
    if (text.length > ENTRY_TEXT_LIMIT) return rowProblem('text-too-long', { length: text.length, limit: ENTRY_TEXT_LIMIT })
    const word = kind < 0 ? '' : cell(kind)
    const named = word === '' ? mapping.defaultKind : kindOfWord(word)
    if (named === null) return rowProblem('unknown-kind', { word: word.slice(0, 40) })
    const entry: RowEntry = { kind: named, text, happenedAt: moment.value }
    if (tags >= 0 && cell(tags) !== '') {
      const found = tagsIn(cell(tags))
      const bad = found.find((tag) => !Tag.safeParse(tag).success)
      if (bad !== undefined) return rowProblem('bad-tag', { tag: bad.slice(0, 40) })
      entry.tags = [...new Set(found)].slice(0, 30)
    }
    if (named === 'decision') {
      const decision = DecisionDetail.safeParse({ reason: cell(reason), decidedBy: cell(decidedBy) })
      if (!decision.success) return rowProblem('decision-incomplete')
      entry.decision = decision.data
    }
    return { ok: true, value: entry }
  }
}

/** A number as a series stores it: `81%` is 81, and so is 0.81 in a column that writes shares as fractions. */
function readPercent(text: string, fraction: boolean): ReturnType<typeof parseNumber> {
  const bare = text.replace(/\s*[%\uFF05]$/u, '')
  const number = parseNumber(bare)
  if (!number.ok || !fraction || bare !== text) return number
  // Shifted in decimals: 0.07 × 100 is 7, not 7.000000000000001.
  return { ok: true, value: Number((number.value * 100).toPrecision(15)) }
}

export type RowNumbers = { at: number; values: (number | null)[] }

/** A row as one point of each mapped series; an empty cell is no point, a row without any is a problem. */
export function numbersReader(
  columns: readonly string[],
  mapping: NumbersMapping,
  reading: ReadingOptions,
  file: FileDates,
): (row: TableRow) => Meaning<RowNumbers> {
  const dates = dateReading(reading, file)
  const when = columns.indexOf(mapping.at)
  const timeOfDay = mapping.time === undefined ? -1 : columns.indexOf(mapping.time)
  const series = mapping.values.map((value) => ({ ...value, index: columns.indexOf(value.column), share: isShare(value) }))
  const wanted = [when, timeOfDay, ...series.map(({ index }) => index)]

  return (row) => {
    const fault = faultOf(row, wanted)
    if (fault || row.cells === null) return { ok: false, problem: fault ?? { code: 'bad-cell', params: {} } }
    const cells = row.cells
    const time = whenOf(cells[when] ?? '', timeOfDay < 0 ? null : (cells[timeOfDay] ?? ''), dates)
    if (!time.ok) return time
    const values: (number | null)[] = []
    for (const { index, column, fraction, share } of series) {
      const text = (cells[index] ?? '').trim()
      if (text === '') {
        values.push(null)
        continue
      }
      const number = readPercent(text, fraction === true)
      if (!number.ok) return { ok: false, problem: { code: number.problem.code, params: { ...number.problem.params } } }
      if (share && (number.value < 0 || number.value > 100))
        return rowProblem('share-out-of-range', { column: column.slice(0, 40), text: text.slice(0, 40) })
      values.push(number.value)
    }
    return values.every((value) => value === null) ? rowProblem('number-missing') : { ok: true, value: { at: time.value, values } }
  }
}
