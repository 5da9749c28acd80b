import type { Db } from '#storage/open-database.ts'
import {
  NumbersMapping,
  TimelineMapping,
  type ImportTarget,
  type ReadingOptions,
  type SuggestedNumbers,
  type TableInspection,
} from '#contract/import-api.ts'
import { readTimeOfDay } from '#domain/time/time-of-day.ts'
import { guessSeries } from '#domain/series/guess-reading.ts'
import { parseWhen } from '../tables/read/parse-date.ts'
import { parseNumber } from '../tables/read/parse-number.ts'
import { kindOfWord } from './row-meaning.ts'

const TIME_NAME = /time|date|日期|时间|occurred|happened|发生|(^|_)at$/iu
const SURELY_TIME = /^(?:发生)?(?:时间|日期)$|^(?:date|time|datetime|timestamp|when)$/iu
const TEXT_NAME = /topic|text|content|title|summary|message|desc|内容|标题|话题|事项|描述|正文|摘要/iu

/** A column's type is that of most of its filled cells: a short file with a few bad rows still gets a suggestion. */
const MOSTLY = 0.5

type Columns = readonly { name: string; values: string[] }[]

function share(values: readonly string[], test: (value: string) => boolean): number {
  const filled = values.filter((value) => value.trim() !== '')
  return filled.length === 0 ? 0 : filled.filter(test).length / filled.length
}

/** The type of a number column, by its name and by the sample in time order. */
function guessValue(
  column: Columns[number],
  times: readonly string[],
  reading: ReadingOptions,
  from1904: boolean,
): SuggestedNumbers['values'][number] {
  const points = column.values.flatMap((text, index): [number, number][] => {
    const number = parseNumber(text.replace(/\s*[%\uFF05]\s*$/u, ''))
    const when = parseWhen(times[index] ?? '', {
      zone: reading.zone,
      order: reading.dateOrder,
      excelSerials: from1904 ? 'from-1904' : true,
    })
    return number.ok && text.trim() !== '' ? [[when.ok ? when.value.epochMs : 0, number.value]] : []
  })
  const signs = column.values.some((text) => /[%\uFF05]\s*$/u.test(text))
  const {
    reading: read,
    sure,
    metric,
    unit,
    fraction,
  } = guessSeries(
    column.name,
    points.toSorted((a, b) => a[0] - b[0]).map(([, value]) => value),
    signs,
  )
  return { column: column.name, name: column.name.slice(0, 80), unit, metric, reading: read, sure, ...(fraction ? { fraction } : {}) }
}

/** The column with the time of day for a column of dates without a time. */
function timeBeside(time: Columns[number] | undefined, columns: Columns): Columns[number] | undefined {
  if (!time || share(time.values, (value) => !/[T\s]00:00(?::00)?$/u.test(value) && /[:时点]/u.test(value)) > 0) return undefined
  const isTimeOfDay = (value: string) => {
    const clean = value.normalize('NFKC').trim()
    return (/[:时点]/u.test(clean) && readTimeOfDay(clean) !== null) || /^0?\.\d{3,}$/u.test(clean)
  }
  const found = columns.filter((column) => column !== time && share(column.values, isTimeOfDay) > MOSTLY)
  return found.find(({ name }) => TIME_NAME.test(name)) ?? found[0]
}

function guess(columns: Columns, reading: ReadingOptions, from1904: boolean): Omit<TableInspection['suggested'], 'remembered'> {
  const isTime = (value: string) =>
    !/^\d{1,9}$/u.test(value) && parseWhen(value, { zone: reading.zone, order: reading.dateOrder, excelSerials: false }).ok
  const isNumber = (value: string) => parseNumber(value).ok
  const times = columns.filter(({ values }) => share(values, isTime) > MOSTLY)
  // A column named as a time is used even if no cell of it can be read: each row then says why.
  const time = times.find(({ name }) => TIME_NAME.test(name)) ?? times[0] ?? columns.find(({ name }) => SURELY_TIME.test(name.trim()))
  const beside = timeBeside(time, columns)
  const numbers = columns.filter(
    (column) => column !== time && column !== beside && !times.includes(column) && share(column.values, isNumber) > MOSTLY,
  )
  const words = columns.filter((column) => column !== time && column !== beside && !times.includes(column) && !numbers.includes(column))
  const kind = words.find(({ values }) => share(values, (value) => kindOfWord(value) !== null) > MOSTLY)
  const tags = words.find(({ name }) => /^(tags?|标签)$/iu.test(name))
  const named = (pattern: RegExp) => words.find(({ name }) => pattern.test(name.trim()))
  const reason = named(/^(?:reason|理由|决策理由)$/iu)
  const decidedBy = named(/^(?:decidedBy|decided by|决定人|决策人)$/iu)
  const length = (column: { values: string[] }) => column.values.reduce((sum, value) => sum + value.length, 0)
  const candidates = words
    .filter((column) => column !== kind && column !== tags && column !== reason && column !== decidedBy)
    .toSorted((a, b) => length(b) - length(a))
  const text = candidates.find(({ name }) => TEXT_NAME.test(name)) ?? candidates[0]
  const timeline: TimelineMapping | null =
    time && text
      ? {
          happenedAt: time.name,
          text: [text.name],
          defaultKind: 'observation',
          ...(kind ? { kind: kind.name } : {}),
          ...(tags ? { tags: tags.name } : {}),
          ...(reason ? { reason: reason.name } : {}),
          ...(decidedBy ? { decidedBy: decidedBy.name } : {}),
          ...(beside ? { time: beside.name } : {}),
        }
      : null
  const values = numbers.slice(0, 20).map((column) => guessValue(column, time?.values ?? [], reading, from1904))
  const series: SuggestedNumbers | null =
    time && values.length > 0 ? { at: time.name, ...(beside ? { time: beside.name } : {}), values } : null
  return { target: timeline ? 'timeline' : 'numbers', timeline, numbers: series }
}

/** The mappings that were used last for tables with the same columns. */
export type MappingMemory = {
  /** @param at when it was used, milliseconds since 1970 */
  remember(target: ImportTarget, columns: readonly string[], mapping: TimelineMapping | NumbersMapping, at: number): void
  /**
   * @param sample some rows of the table
   * @param from1904 whether the numbers of its dates count from 1904
   * @returns the mapping that was used last, else a guess
   */
  suggest(
    columns: readonly string[],
    sample: readonly (readonly string[])[],
    reading: ReadingOptions,
    from1904?: boolean,
  ): TableInspection['suggested']
}

/** Mappings used for files with the same columns, and guesses for new ones. */
export function createMappingMemory(db: Db): MappingMemory {
  const find = db.prepare<[string, string], { mapping: string; used_at: number }>(
    'SELECT mapping, used_at FROM import_mapping WHERE target = ? AND columns = ?',
  )
  const save = db.prepare(
    'INSERT INTO import_mapping (target, columns, mapping, used_at) VALUES (?, ?, ?, ?) ON CONFLICT (target, columns) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at',
  )
  return {
    remember: (target, columns, mapping, at) => void save.run(target, JSON.stringify(columns), JSON.stringify(mapping), at),

    suggest(columns, sample, reading, from1904 = false) {
      const key = JSON.stringify(columns)
      const timelineRow = find.get('timeline', key)
      const numbersRow = find.get('numbers', key)
      const guessed = guess(
        columns.map((name, index) => ({ name, values: sample.map((row) => row[index] ?? '') })),
        reading,
        from1904,
      )
      if (!timelineRow && !numbersRow) return { ...guessed, remembered: false }
      const timeline = timelineRow ? TimelineMapping.safeParse(JSON.parse(timelineRow.mapping)) : null
      const numbers = numbersRow ? NumbersMapping.safeParse(JSON.parse(numbersRow.mapping)) : null
      return {
        target: (timelineRow?.used_at ?? 0) >= (numbersRow?.used_at ?? 0) ? 'timeline' : 'numbers',
        timeline: timeline?.success ? timeline.data : guessed.timeline,
        numbers: numbers?.success
          ? { ...numbers.data, values: numbers.data.values.map((value) => ({ ...value, sure: true })) }
          : guessed.numbers,
        remembered: true,
      }
    },
  }
}
