import { readFile, stat } from 'node:fs/promises'
import type { ApiHandlers } from '#contract/api.ts'
import type { ContactFileCheck, ContactImportResult, ContactMapping } from '#contract/contact-api.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { ReadingOptions } from '#contract/import-api.ts'
import { guessColumns } from '../contacts/contact-columns.ts'
import { contactOfCard, contactOfRow, type ReadContact } from '../contacts/contact-rows.ts'
import { planImport, type PlannedRow } from '../contacts/plan-import.ts'
import { cardText, isCardFile, readCards } from '../contacts/read-vcard.ts'
import { write, type ServiceContext } from '../context/service-context.ts'
import type { EvidenceFiles } from '../evidence/evidence-files.ts'
import { givenFiles, type GivenFile } from '../imports/given-files.ts'
import { readWholeTable } from '../imports/whole-table.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import type { Draft } from '../store/replica-store.ts'
import { contactReader } from './contact-service.ts'

export type ContactImportHandlers = Pick<ApiHandlers, 'contacts.checkFile' | 'contacts.importFile'>

/** An address book contains only text about people; a larger file is something else. Bytes. */
const MAX_CARD_BYTES = 20 * 1024 * 1024
const MAX_CONTACTS = 5000
const SHOWN = 200
/** Whoever comes back to more than this many files begins anew. */
const KEPT = 3

/** `checks` counts the checks of a file; `contacts` are those of the last one, null before it. */
type ImportSource = GivenFile & { fileName: string; checks: number; contacts: ReadContact[] | null }

type ReadFile = {
  format: ContactFileCheck['format']
  columns: string[]
  mapping: ContactMapping
  contacts: ReadContact[]
  left: number
}

/** Imports contacts from tables and address books; the result is previewed before anything is written. */
export function contactImportService(context: ServiceContext, files: EvidenceFiles, tableWorker: URL): ContactImportHandlers {
  const sources = givenFiles<ImportSource>(KEPT)
  const present = contactReader(context)

  async function readCardFile(path: string): Promise<ReadFile | null> {
    if ((await stat(path)).size > MAX_CARD_BYTES) return null
    const text = cardText(await readFile(path))
    if (!isCardFile(text)) return null
    const { cards, left } = readCards(text)
    return { format: 'vcard', columns: [], mapping: {}, contacts: cards.map(contactOfCard), left }
  }

  async function readTableFile(path: string, reading: ReadingOptions, mapping?: ContactMapping): Promise<Result<ReadFile>> {
    const table = await readWholeTable(path, reading, tableWorker, MAX_CONTACTS)
    if (!table.ok) return table
    const { format, columns, rows, left } = table.value
    const used = mapping ?? guessColumns(columns)
    return done({ format, columns, mapping: used, contacts: rows.map((row) => contactOfRow(row, columns, used)), left })
  }

  async function readContacts(path: string, reading: ReadingOptions, mapping?: ContactMapping): Promise<Result<ReadFile>> {
    const cards = await readCardFile(path)
    return cards ? done(cards) : readTableFile(path, reading, mapping)
  }

  return {
    'contacts.checkFile': async ({ source, mapping, reading }) => {
      const sourceId = 'uploadId' in source ? source.uploadId : context.uuid()
      let given = sources.find(sourceId)
      if (!given) {
        const taken = 'path' in source ? await files.take(source.path) : await files.finish(source.uploadId)
        if (!taken.ok) return taken
        given = { path: taken.value.path, fileName: taken.value.name, owned: 'uploadId' in source, checks: 0, contacts: null }
      }
      await sources.keep(sourceId, given)
      given.checks += 1
      const turn = given.checks
      const read = await readContacts(given.path, reading, mapping).catch(async (error: unknown) => {
        await sources.forget(sourceId)
        throw error
      })
      if (!read.ok) {
        await sources.forget(sourceId)
        return read
      }
      const { contacts, ...rest } = read.value
      // The import writes what was asked for last, whichever of two checks of one file ends last.
      if (given.checks === turn) given.contacts = contacts
      const planned = planImport(contacts, present(), context.uuid, teamValue(context))
      const counts = { add: 0, same: 0, extend: 0, removed: 0, refuse: 0 }
      for (const { act } of planned) counts[act] += 1
      const needsLook = ({ act, cells }: PlannedRow) => act === 'refuse' || act === 'removed' || cells.length > 0
      const rows = [...planned.filter(needsLook), ...planned.filter((one) => !needsLook(one))].slice(0, SHOWN)
      return done({
        sourceId,
        fileName: given.fileName,
        ...rest,
        counts,
        rows: rows.map(({ drafts: _drafts, wrote: _wrote, ...row }) => row),
      })
    },

    'contacts.importFile': async ({ sourceId, bringBack }) => {
      const contacts = sources.find(sourceId)?.contacts
      if (!contacts) return fail('import-unknown')
      // Planned again: another member may have added the same people since the check.
      const planned = planImport(contacts, present(), context.uuid, teamValue(context), bringBack)
      const drafts = planned.flatMap((one) => one.drafts)
      const result = drafts.length === 0 ? done({ opIds: [] }) : write(context, drafts)
      if (!result.ok) return result
      await sources.forget(sourceId)
      return done(resultOf(planned, drafts, result.value.opIds))
    },
  }
}

/** Counts every contact once, by the first thing that was done to it. `opIds`: those of the drafts, in their order. */
function resultOf(planned: readonly PlannedRow[], drafts: readonly Draft[], opIds: readonly string[]): ContactImportResult {
  const counts = { added: 0, broughtBack: 0, extended: 0 }
  const counted = new Set<string>()
  for (const { wrote, drafts: own } of planned) {
    const id = own[0]?.id
    if (wrote === null || id === undefined || counted.has(id)) continue
    counted.add(id)
    counts[wrote] += 1
  }
  const ops = Map.groupBy(opIds.keys(), (index) => drafts[index]?.id ?? '')
  return {
    ...counts,
    skipped: planned.filter(({ act, drafts: own }) => act === 'removed' && own.length === 0).length,
    contacts: [...ops].map(([contactId, indexes]) => ({ contactId, ops: indexes.flatMap((index) => opIds[index] ?? []) })),
  }
}

/** What the ids of imported contacts contain of the team: its founder, whose joining is the first record of its log. */
function teamValue({ db }: ServiceContext): string {
  const members = db.prepare<[string], EntityRow>('SELECT * FROM entity WHERE kind = ?').all(MEMBER.kind)
  const [founder] = members
    .flatMap((row) => MEMBER.as(seenEntity(row)) ?? [])
    .toSorted((one, other) => one.state.joinedAt - other.state.joinedAt || (one.id < other.id ? -1 : 1))
  return founder?.id ?? ''
}
