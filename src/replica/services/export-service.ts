import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { endOfClocks } from '#domain/incidents/incident.ts'
import type { Entity } from '#domain/log/entity.ts'
import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import { maskValues } from '#domain/privacy/mask-values.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail } from '#contract/failures.ts'
import type { ExportFormat } from '#contract/file-api.ts'
import type { ExportFiles } from '../exports/export-files.ts'
import { entryHeader, entryRows } from '../exports/entry-table.ts'
import { wordUnmetClock } from '../exports/clock-words.ts'
import { markdownPieces, type DocumentParts } from '../exports/write-markdown.ts'
import { seenEntity } from '../store/entity-table.ts'
import type { Cell } from '../tables/write/table-cell.ts'
import { writeCsv } from '../tables/write/write-csv.ts'
import { writeXlsx } from '../tables/write/write-xlsx.ts'
import { readerWords } from '../words/reader-words.ts'
import type { IncidentHandlers } from './incident-service.ts'
import { memberNames, type ServiceContext } from './service-context.ts'
import type { TimelineList } from './timeline-list.ts'

const MIME: Record<ExportFormat, string> = {
  md: 'text/markdown',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
}

type Points = readonly { name: string; unit: string; points: readonly (readonly [number, number])[] }[]

function* jsonPieces(parts: DocumentParts, points: Points): Generator<string> {
  yield `{"format":"stormroom-incident","version":1,"exportedAt":${parts.now},\n"incident":${JSON.stringify(parts.incident)},\n"entries":[`
  let first = true
  for (const { id, state } of parts.entries) {
    yield `${first ? '' : ','}\n${JSON.stringify({ id, ...state, text: parts.words.entry(state), authorName: parts.names(state.author) })}`
    first = false
  }
  yield `\n],\n"series":${JSON.stringify(parts.series.map((series, index) => ({ ...series, data: points[index]?.points ?? [] })))}}\n`
}

/** An incident as a file: for people (Markdown), for spreadsheets (CSV, XLSX), for programs (JSON). */
export function exportService(context: ServiceContext, list: TimelineList, incidents: IncidentHandlers, files: ExportFiles): Pick<ApiHandlers, 'exports.make' | 'exports.read' | 'exports.forget'> {
  function* entriesOf(incidentId: string): Generator<Entity<EntryState>> {
    for (const row of list.all(incidentId, { order: 'happened' })) {
      const entity = seenEntity(row)
      if (entity) yield maskValues(entity as Entity<EntryState>)
    }
  }

  return {
    'exports.make': async ({ incidentId, format, language, zone }) => {
      // What leaves as a file is masked like what a screen shows; there is no unmasked export (R1).
      const incident = maskValues(await incidents['incidents.get']({ incidentId }))
      if (!incident.ok) return incident
      const series = maskValues(await incidents['incidents.series']({ incidentId }))
      if (!series.ok) return series
      const points: { name: string; unit: string; points: [number, number][] }[] = []
      for (const one of series.value) {
        const found = await incidents['incidents.seriesPoints']({ incidentId, seriesId: one.id })
        if (found.ok) points.push({ name: one.name, unit: one.unit, points: found.value.points })
      }
      const words = readerWords(language, zone)
      const { t } = words
      const nameOf = memberNames(context)
      const names = (id: string) => maskPersonal(nameOf(id))
      const entries = () => entriesOf(incidentId)
      const parts: DocumentParts = { incident: incident.value, entries: entries(), series: series.value, words, zone, now: context.now(), names }
      const made = files.create(incident.value.title, format, MIME[format])
      const sink = createWriteStream(made.path)
      if (format === 'md') await pipeline(Readable.from(markdownPieces(parts)), sink)
      else if (format === 'json') await pipeline(Readable.from(jsonPieces(parts, points)), sink)
      else if (format === 'csv') {
        const written = await writeCsv(entryHeader(words), entryRows(entries(), words, zone, names), sink)
        if (!written.ok) return fail('not-saved', { detail: written.problem.code })
      } else {
        const clocks: Cell[][] = incident.value.clocks.map((clock) => [
          t(`terms:clock.${clock.id}`),
          { epochMs: clock.dueAt, zone },
          clock.met ? { epochMs: clock.met.at, zone } : wordUnmetClock(clock, words, context.now(), endOfClocks(incident.value)),
        ])
        const numbers = points.flatMap((one) => one.points.map(([at, value]): Cell[] => [one.name, one.unit, { epochMs: at, zone }, value]))
        const written = await writeXlsx(
          [
            { name: t('exports:heading.timeline'), header: entryHeader(words), rows: entryRows(entries(), words, zone, names) },
            { name: t('exports:clocks'), header: [t('exports:clock'), t('exports:due'), t('exports:met')], rows: clocks },
            ...(numbers.length > 0 ? [{ name: t('exports:heading.series'), header: [t('exports:heading.name'), t('exports:heading.unit'), t('imports:role.at'), t('imports:role.value')], rows: numbers }] : []),
          ],
          sink,
        )
        if (!written.ok) return fail('not-saved', { detail: written.problem.code })
      }
      return done(files.finish(made))
    },
    'exports.read': ({ exportId, offset }) => files.read(exportId, offset),
    'exports.forget': ({ exportId }) => files.forget(exportId),
  }
}
