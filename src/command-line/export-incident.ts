import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { ExportFormat, ExportPart } from '#contract/file-api.ts'
import { Language } from '#contract/workspace-api.ts'
import type { Command } from 'commander'
import { withWorkspace, type WorkspaceClient } from './workspace-client.ts'
import { failed } from './exit-codes.ts'
import { findIncident } from './find-incident.ts'
import { localZone } from './local-time.ts'
import { oneOf, parseZone } from './option-values.ts'
import type { Outcome } from './outcome.ts'
import type { EveryCommand, Session } from './session.ts'
import { readPieces, writeWhole, type Exported } from './write-exported.ts'

type ExportOptions = EveryCommand & {
  format: ExportFormat
  out?: string
  language?: Language
  zone?: string
  highlights?: boolean
  without?: readonly ExportPart[]
  ids?: boolean
}
async function deliver(session: Session, client: WorkspaceClient, exported: Exported, options: ExportOptions): Promise<Outcome> {
  const { fileName, size, mime } = exported
  if (options.out === '-') {
    const read = await readPieces(client, exported, (bytes) => session.terminal.answer(bytes))
    return read.ok ? { ok: true, document: null, lines: [] } : read
  }
  const target = resolve(options.out ?? fileName)
  // A name given by the user may be overwritten, as by any tool; a generated one may not.
  if (options.out === undefined && existsSync(target)) return failed('file-exists', { file: target })
  const refused = await writeWhole(client, exported, target)
  return (
    refused ?? {
      ok: true,
      document: { file: target, size, mime, format: options.format },
      lines: [session.words.t('export.done', { file: target, size })],
    }
  )
}

/** A part to leave out; may be given several times. */
function parsePart(text: string, earlier: readonly ExportPart[] | undefined): readonly ExportPart[] {
  return [...(earlier ?? []), oneOf(ExportPart.options)(text)]
}

/** `stormroom export`: exports an incident as a file. */
export function addExport(program: Command, session: Session): Command {
  const { t } = session.words
  return program
    .command('export')
    .description(t('export.about'))
    .argument('<incident>', t('export.incident'))
    .requiredOption('--format <format>', t('export.format', { formats: ExportFormat.options.join(', ') }), oneOf(ExportFormat.options))
    .option('--out <file>', t('export.out'))
    .option('--language <language>', t('export.language'), oneOf(Language.options))
    .option('--zone <zone>', t('export.zone'), parseZone)
    .option('--highlights', t('export.highlights'))
    .option('--without <part>', t('export.without', { parts: ExportPart.options.join(', ') }), parsePart)
    .option('--ids', t('export.ids'))
    .action((named: string, options: ExportOptions) =>
      session.run(options.json === true, async () => {
        if (options.json && options.out === '-') return failed('output-taken')
        return withWorkspace(session, options, 'read', async (client) => {
          const incident = await findIncident(client, named)
          if (!incident.ok) return incident
          const made = await client.call('exports.make', {
            incidentId: incident.value.id,
            format: options.format,
            language: options.language ?? session.words.language,
            zone: options.zone ?? localZone(),
            entries: options.highlights ? 'starred' : 'all',
            parts: ExportPart.options.filter((part) => !options.without?.includes(part)),
            ids: options.ids === true,
          })
          if (!made.ok) return made
          try {
            return await deliver(session, client, made.value, options)
          } finally {
            await client.call('exports.forget', { exportId: made.value.exportId })
          }
        })
      }),
    )
}
