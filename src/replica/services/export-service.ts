import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Entity } from '#domain/log/entity.ts'
import { planWords } from '#domain/plans/plan.ts'
import { maskPersonal } from '#domain/privacy/mask-personal.ts'
import { maskValues } from '#domain/privacy/mask-values.ts'
import { ENTRY } from '#domain/timeline/entry-entity.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import type { ApiHandlers, CallInput } from '#contract/api.ts'
import type { PlanView } from '#contract/plan-api.ts'
import type { TaskView } from '#contract/task-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { ExportPart, type ExportFormat } from '#contract/file-api.ts'
import type { Language } from '#contract/workspace-api.ts'
import type { ExportFiles } from '../exports/export-files.ts'
import { entryHeader, entryRows } from '../exports/entry-table.ts'
import type { IncidentDocument, SeriesPoints } from '../exports/incident-document.ts'
import { incidentSheets } from '../exports/incident-workbook.ts'
import { jsonPieces } from '../exports/write-json.ts'
import { markdownPieces } from '../exports/write-markdown.ts'
import { seenEntity } from '../store/entity-table.ts'
import { writeCsv } from '../tables/write/write-csv.ts'
import { writeXlsx } from '../tables/write/write-xlsx.ts'
import { readerWords } from '../words/reader-words.ts'
import type { IncidentHandlers } from './incident-service.ts'
import type { PeopleHandlers } from './people-service.ts'
import type { PlanHandlers } from './plan-service.ts'
import type { RiskHandlers } from './risk-service.ts'
import { memberNames, type ServiceContext } from '../context/service-context.ts'
import type { TaskViews } from './task-views.ts'
import type { TimelineList } from './timeline-list.ts'

type Sources = { incidents: IncidentHandlers; tasks: TaskViews; people: PeopleHandlers; plans: PlanHandlers; risk: RiskHandlers }
type MakeExport = CallInput<'exports.make'>

const MIME: Record<ExportFormat, string> = {
  md: 'text/markdown',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
}

/** Exports an incident: for people (Markdown), spreadsheets (CSV, XLSX), and programs (JSON). */
export function exportService(
  context: ServiceContext,
  list: TimelineList,
  files: ExportFiles,
  sources: Sources,
): Pick<ApiHandlers, 'exports.make' | 'exports.read' | 'exports.forget'> {
  function* entriesOf(incidentId: string, starred: boolean): Generator<Entity<EntryState>> {
    for (const row of list.all(incidentId, { order: 'happened', ...(starred ? { starred } : {}) })) {
      const entry = ENTRY.as(seenEntity(row))
      if (entry) yield maskValues(entry)
    }
  }

  /** Collects all content of a file, masked as on screens: there is no unmasked export (R1). */
  async function gather({
    incidentId,
    language,
    zone,
    entries = 'all',
    parts = ExportPart.options,
  }: MakeExport): Promise<Result<IncidentDocument>> {
    const ref = { incidentId }
    const incident = maskValues(await sources.incidents['incidents.get'](ref))
    if (!incident.ok) return incident
    const series = maskValues(await sources.incidents['incidents.series'](ref))
    if (!series.ok) return series
    const withPoints: SeriesPoints[] = []
    for (const one of series.value) {
      const found = await sources.incidents['incidents.seriesPoints']({ incidentId, seriesId: one.id })
      withPoints.push({ ...one, data: found.ok ? found.value.points : [] })
    }
    const tasks = parts.includes('tasks') ? maskValues(sources.tasks.list(incidentId)) : null
    const people = parts.includes('people') ? maskValues(await sources.people['people.list'](ref)) : null
    const risk = parts.includes('risk') ? maskValues(await sources.risk['risk.get'](ref)) : null
    const plans = tasks && maskValues(await sources.plans['plans.list']({}))
    const nameOf = memberNames(context)
    return done({
      incident: incident.value,
      entries: entriesOf(incidentId, entries === 'starred'),
      chosen: { entries, parts: ExportPart.options.filter((part) => parts.includes(part)) },
      series: withPoints,
      tasks,
      people: people?.ok ? people.value : null,
      risk: risk?.ok ? risk.value : null,
      plans: tasks && plans?.ok ? plansOf(tasks, plans.value, language) : null,
      words: readerWords(language, zone),
      zone,
      now: context.now(),
      names: (id) => maskPersonal(nameOf(id)),
    })
  }

  return {
    'exports.make': async (wanted) => {
      const gathered = await gather(wanted)
      if (!gathered.ok) return gathered
      const document = gathered.value
      const { format, ids = false } = wanted
      const made = files.create(document.incident.title, format, MIME[format])
      const sink = createWriteStream(made.path)
      if (format === 'md') await pipeline(Readable.from(markdownPieces(document)), sink)
      else if (format === 'json') await pipeline(Readable.from(jsonPieces(document)), sink)
      else {
        const { words } = document
        const written =
          format === 'csv'
            ? await writeCsv(entryHeader(words, ids), entryRows(document.entries, { ...document, ids }), sink)
            : await writeXlsx(incidentSheets(document, ids), sink)
        if (!written.ok) return fail('not-saved', { detail: written.problem.code })
      }
      return done(files.finish(made))
    },
    'exports.read': ({ exportId, offset }) => files.read(exportId, offset),
    'exports.forget': ({ exportId }) => files.forget(exportId),
  }
}

/** The plans that tasks came from, in the versions current at that time. */
function plansOf(tasks: readonly TaskView[], plans: readonly PlanView[], language: Language): NonNullable<IncidentDocument['plans']> {
  const used = new Map(tasks.flatMap(({ plan }) => (plan ? [[`${plan.id} ${plan.version}`, plan] as const] : [])))
  return [...used.values()].map(({ id, version }) => {
    const plan = plans.find((one) => one.id === id)
    return { id, version, title: plan ? planWords(plan.content.title, language) : '' }
  })
}
