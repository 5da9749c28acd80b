import { readFile, stat } from 'node:fs/promises'
import type { ApiHandlers } from '#contract/api.ts'
import type { ContactFileCheck, ContactMapping } from '#contract/contact-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { ReadingOptions } from '#contract/import-api.ts'
import { guessColumns } from '../contacts/contact-columns.ts'
import { contactOfCard, contactOfRow, type ReadContact } from '../contacts/contact-rows.ts'
import { planImport } from '../contacts/plan-import.ts'
import { cardText, isCardFile, readCards } from '../contacts/read-vcard.ts'
import { write, type ServiceContext } from '../context/service-context.ts'
import type { EvidenceFiles } from '../evidence/evidence-files.ts'
import { inspectTable, readTable } from '../tables/read/table-reader.ts'
import type { TableOptions } from '../tables/read/table-shape.ts'
import { contactReader } from './contact-service.ts'

export type ContactImportHandlers = Pick<ApiHandlers, 'contacts.checkFile' | 'contacts.importFile'>

/** An address book contains only text about people; a larger file is something else. Bytes. */
const MAX_CARD_BYTES = 20 * 1024 * 1024
const MAX_CONTACTS = 5000
const SHOWN = 200

type Source = { path: string; fileName: string }
type ReadFile = { format: ContactFileCheck['format']; columns: string[]; mapping: ContactMapping; contacts: ReadContact[] }

/** Imports contacts from tables and address books; the result is previewed before anything is written. */
export function contactImportService(context: ServiceContext, files: EvidenceFiles, tableWorker: URL): ContactImportHandlers {
  const sources = new Map<string, Source>()
  const checked = new Map<string, ReadContact[]>()
  const present = contactReader(context)

  async function readCardFile(path: string): Promise<ReadFile | null> {
    if ((await stat(path)).size > MAX_CARD_BYTES) return null
    const text = cardText(await readFile(path))
    if (!isCardFile(text)) return null
    const { cards } = readCards(text)
    return { format: 'vcard', columns: [], mapping: {}, contacts: cards.slice(0, MAX_CONTACTS).map(contactOfCard) }
  }

  async function readTableFile(path: string, reading: ReadingOptions, mapping?: ContactMapping): Promise<Result<ReadFile>> {
    const options = optionsOf(reading)
    const inspected = await inspectTable(path, options, { workerUrl: tableWorker })
    if (!inspected.ok)
      return fail('table-unreadable', { ...inspected.problem.params, code: inspected.problem.code, line: inspected.problem.line ?? 0 })
    const { columns, format, sheet, headerRow } = inspected.value
    const used = mapping ?? guessColumns(columns)
    const contacts: ReadContact[] = []
    const known = { ...options, format, headerRow, ...(sheet === null ? {} : { sheet }) }
    for await (const batch of readTable(path, known, { workerUrl: tableWorker })) {
      if (batch.stopped)
        return fail('table-unreadable', { ...batch.stopped.params, code: batch.stopped.code, line: batch.stopped.line ?? 0 })
      for (const row of batch.rows) if (contacts.length < MAX_CONTACTS) contacts.push(contactOfRow(row, columns, used))
    }
    return done({ format, columns: [...columns], mapping: used, contacts })
  }

  return {
    'contacts.checkFile': async ({ source, mapping, reading }) => {
      const known = 'uploadId' in source ? sources.get(source.uploadId) : undefined
      const taken = known ? null : 'path' in source ? await files.take(source.path) : await files.finish(source.uploadId)
      if (taken && !taken.ok) return taken
      const sourceId = 'uploadId' in source ? source.uploadId : context.uuid()
      const { path, fileName } = known ?? { path: taken?.value.path ?? '', fileName: taken?.value.name ?? '' }
      sources.set(sourceId, { path, fileName })
      const cards = await readCardFile(path)
      const read: Result<ReadFile> = cards ? done(cards) : await readTableFile(path, reading, mapping)
      if (!read.ok) return read
      const { contacts, ...rest } = read.value
      checked.set(sourceId, contacts)
      const planned = planImport(contacts, present(), context.uuid)
      const counts = { add: 0, same: 0, extend: 0, refuse: 0 }
      for (const { act } of planned) counts[act] += 1
      const refused = planned.filter(({ act, cells }) => act === 'refuse' || cells.length > 0)
      const rows = [...refused, ...planned.filter((one) => !refused.includes(one))].slice(0, SHOWN)
      return done({ sourceId, fileName, ...rest, counts, rows: rows.map(({ drafts: _drafts, added: _added, ...row }) => row) })
    },

    'contacts.importFile': ({ sourceId }) => {
      const contacts = checked.get(sourceId)
      if (!contacts) return fail('import-unknown')
      // Planned again: another member may have added the same people since the check.
      const planned = planImport(contacts, present(), context.uuid)
      const drafts = planned.flatMap((one) => one.drafts)
      const result = drafts.length === 0 ? done(null) : write(context, drafts)
      if (!result.ok) return result
      checked.delete(sourceId)
      return done({
        added: planned.flatMap(({ added }) => (added === null ? [] : [added])),
        extended: planned.filter(({ act }) => act === 'extend').length,
      })
    },
  }
}

function optionsOf({ encoding, format, sheet, headerRow }: ReadingOptions): TableOptions {
  return {
    ...(format === 'auto' ? {} : { format }),
    ...(encoding === 'auto' ? {} : { encoding }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(headerRow === undefined ? {} : { headerRow }),
  }
}
