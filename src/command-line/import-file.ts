import { resolve } from 'node:path'
import { FailureCode } from '#contract/failures.ts'
import { ReadingOptions, type ImportCheck, type ImportJob, type TableInspection, type TimelineMapping } from '#contract/import-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { ImportTarget } from '#domain/imports/import.ts'
import type { Command } from 'commander'
import { withWorkspace, type WorkspaceClient } from './workspace-client.ts'
import { failed } from './exit-codes.ts'
import { findIncident } from './find-incident.ts'
import { followJob } from './follow-job.ts'
import { NUMBERS_FIELDS, planImport, ROW_KINDS, TIMELINE_FIELDS } from './import-plan.ts'
import { localTime } from './local-time.ts'
import { oneOf, parsePair, parseZone, wholeNumber, type FieldColumn } from './option-values.ts'
import type { Outcome } from './outcome.ts'
import { openProgress } from './progress.ts'
import type { EveryCommand, Session } from './session.ts'
import type { Words } from './words.ts'

/** Refused rows printed as text; the JSON document contains all that the check kept. */
const ROWS_SHOWN = 20

type ImportOptions = EveryCommand & {
  incident: string
  as: ImportTarget
  map?: readonly FieldColumn[]
  kind?: TimelineMapping['defaultKind']
  zone?: string
  encoding?: ReadingOptions['encoding']
  sheet?: string
  headerRow?: number
  dateOrder?: ReadingOptions['dateOrder']
  skipBad?: boolean
  dryRun?: boolean
}

function describeRefused({ refused, refusedRows }: ImportCheck, { t, tableProblem }: Words): string[] {
  const shown = refusedRows
    .slice(0, ROWS_SHOWN)
    .map((row) => t('import.refused-row', { line: row.line, why: tableProblem(row.code, row.params) }))
  return refused > shown.length ? [...shown, t('import.refused-more', { count: refused - shown.length })] : shown
}

/** How each number column is read, with the resulting figures. */
function describeSeries({ series }: ImportCheck, { t, term, language }: Words): string[] {
  return series.map(({ name, unit, reading, last, highest, sum }) => {
    const word = (value: number) => [value.toLocaleString(language, { maximumFractionDigits: 2 }), unit].filter(Boolean).join(' ')
    return t(reading === 'increments' ? 'import.series-sum' : 'import.series', {
      name,
      reading: term(`reading.${reading}`),
      last: word(last),
      highest: word(highest),
      sum: word(sum),
    })
  })
}

function endedBadly(job: ImportJob): Outcome | null {
  if (job.phase === 'cancelled') return failed('interrupted')
  if (job.phase !== 'failed') return null
  const code = FailureCode.safeParse(job.failure?.code)
  return failed(code.success ? code.data : 'internal', job.failure?.params)
}

function describeFile(inspection: TableInspection, file: string): Record<string, unknown> {
  const { fileHash, format, encoding, sheet, headerRow, columns, sameFileImportedAt } = inspection
  return { file, fileHash, format, encoding, sheet, headerRow, columns, sameFileImportedAt }
}

/** Inspects, checks and writes a file into an incident; nothing is visible before all of it is written. */
async function importInto(
  session: Session,
  client: WorkspaceClient,
  incident: IncidentView,
  file: string,
  options: ImportOptions,
): Promise<Outcome> {
  const { words, terminal, interrupted } = session
  const { t } = words
  const { encoding, sheet, headerRow, dateOrder } = options
  const asked = ReadingOptions.parse({
    ...(encoding === undefined ? {} : { encoding }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(options.zone === undefined ? {} : { zone: options.zone }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
  })
  const inspected = await client.call('imports.inspect', { incidentId: incident.id, source: { path: file }, reading: asked })
  if (!inspected.ok) return inspected
  // The zone named in the file applies to its times, unless an option names another.
  const reading = { ...asked, ...(options.zone === undefined && inspected.value.zone !== null ? { zone: inspected.value.zone } : {}) }
  const planned = planImport(inspected.value, options.as, options.map ?? [], options.kind)
  if (!planned.ok) {
    const lines =
      planned.failure.code === 'mapping-incomplete' ? [t('import.columns', { columns: inspected.value.columns.join(', ') })] : []
    return { ...planned, document: { source: describeFile(inspected.value, file) }, lines }
  }
  for (const column of planned.guessed ?? []) terminal.say(`${t('import.unsure', { column })}\n`)
  if (inspected.value.sameFileImportedAt !== null)
    terminal.say(`${t('import.same-file', { at: localTime(inspected.value.sameFileImportedAt) })}\n`)

  const progress = openProgress(terminal, options.json !== true)
  const follow = (job: ImportJob) =>
    followJob(client, job, interrupted, (seen) => progress.show(t(`import.phases.${seen.phase}`), seen.fraction, seen.rows))
  try {
    const reader = await client.call('imports.check', {
      incidentId: incident.id,
      sourceId: inspected.value.sourceId,
      reading,
      plan: planned.value,
    })
    if (!reader.ok) return reader
    const checked = await follow(reader.value)
    if (!checked.ok) return checked
    const check = checked.value.check
    const bad = endedBadly(checked.value)
    if (bad || !check) return bad ?? failed('internal')
    const document = {
      incidentId: incident.id,
      source: describeFile(inspected.value, file),
      plan: planned.value,
      good: check.good,
      refused: check.refused,
      refusedRows: check.refusedRows,
      series: check.series,
      written: false,
    }
    const refusedLines = [...describeRefused(check, words), ...describeSeries(check, words)]
    if (check.good === 0) return { ...failed('no-rows', { refused: check.refused }), document, lines: refusedLines }
    if (check.refused > 0 && !options.skipBad)
      return { ...failed('rows-refused', { good: check.good, refused: check.refused }), document, lines: refusedLines }
    if (options.dryRun)
      return {
        ok: true,
        document,
        lines: [...refusedLines, t('import.would-write', { good: check.good, refused: check.refused, title: incident.title })],
      }

    const writer = await client.call('imports.write', { jobId: checked.value.jobId })
    if (!writer.ok) return writer
    const written = await follow(writer.value)
    if (!written.ok) return written
    const failure = endedBadly(written.value)
    if (failure) return failure
    return {
      ok: true,
      document: { ...document, written: true, importId: written.value.importId },
      lines: [...refusedLines, t(`import.done-${options.as}`, { good: check.good, refused: check.refused, title: incident.title })],
    }
  } finally {
    progress.end()
  }
}

/** `stormroom import`: imports a file as entries or a number series. */
export function addImport(program: Command, session: Session): Command {
  const { t } = session.words
  return program
    .command('import')
    .description(t('import.about'))
    .argument('<file>', t('import.file'))
    .requiredOption('--incident <incident>', t('import.incident'))
    .requiredOption('--as <target>', t('import.as'), oneOf(['timeline', 'numbers']))
    .option(
      '--map <field=column>',
      t('import.map', { timeline: TIMELINE_FIELDS.join(', '), numbers: NUMBERS_FIELDS.join(', ') }),
      parsePair,
    )
    .option('--kind <kind>', t('import.kind', { kinds: ROW_KINDS.join(', ') }), oneOf(ROW_KINDS))
    .option('--zone <zone>', t('import.zone'), parseZone)
    .option('--date-order <order>', t('import.date-order'), oneOf(['ymd', 'mdy', 'dmy']))
    .option('--encoding <encoding>', t('import.encoding'), oneOf(ReadingOptions.shape.encoding.unwrap().options))
    .option('--sheet <name>', t('import.sheet'))
    .option('--header-row <number>', t('import.header-row'), wholeNumber(0, 50))
    .option('--skip-bad', t('import.skip-bad'))
    .option('--dry-run', t('import.dry-run'))
    .action((file: string, options: ImportOptions) =>
      session.run(options.json === true, () =>
        withWorkspace(session, options, 'write', async (client) => {
          const incident = await findIncident(client, options.incident)
          return incident.ok ? importInto(session, client, incident.value, resolve(file), options) : incident
        }),
      ),
    )
}
