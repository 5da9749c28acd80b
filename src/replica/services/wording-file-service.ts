import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createWordings, removeWording, replaceDraft, wordingScope } from '#domain/commands/wording-commands.ts'
import { openDraft, readDraft } from '#domain/wording/draft-document.ts'
import { contentHash, type WordingContent } from '#domain/wording/content.ts'
import { toMarkdown } from '#domain/wording/wording-markdown.ts'
import { WORDING, WORDING_DRAFT, REVISION } from '#domain/wording/wording-entity.ts'
import type { WordingLanguage } from '#domain/wording/wording.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail } from '#contract/failures.ts'
import type { WordingFileCheck, WordingFileFormat } from '#contract/wording-file-api.ts'
import { runCommand } from '../context/run-command.ts'
import type { ServiceContext } from '../context/service-context.ts'
import type { EvidenceFiles } from '../evidence/evidence-files.ts'
import type { ExportFiles } from '../exports/export-files.ts'
import { givenFiles, type GivenFile } from '../imports/given-files.ts'
import { writeCsv } from '../tables/write/write-csv.ts'
import { writeXlsx } from '../tables/write/write-xlsx.ts'
import { inspectWordings } from '../wording/files/inspect-wordings.ts'
import { planWordings, type PlannedWording, type PresentWording } from '../wording/files/plan-wordings.ts'
import type { ReadWording } from '../wording/files/wording-rows.ts'
import { wordingHeader, wordingRow, type ExportedWording } from '../wording/files/wording-tables.ts'
import { wordingDocument } from '../wording/files/write-docx.ts'
import { readerWords } from '../words/reader-words.ts'
import { createWordingViews } from './wording-views.ts'

export type WordingFileHandlers = Pick<
  ApiHandlers,
  'wordings.checkFile' | 'wordings.importFile' | 'wordings.undoImport' | 'wordings.exportFile'
>

const SHOWN = 200
/** Whoever comes back to more than this many files, or imports to undo, begins again. */
const KEPT = 3

type Source = GivenFile & { fileName: string; checks: number; incidentId: string | null; wordings: ReadWording[] | null }
/** What an import wrote: the draft of each text, and what it was before; null for a text that it added. */
type Written = { drafts: { wordingId: string; after: string; before: WordingContent | null }[] }

const MIME: Record<WordingFileFormat, string> = {
  md: 'text/markdown',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

/** Imports texts from the files that teams have, and exports them to the same kinds of file. */
export function wordingFileService(
  context: ServiceContext,
  files: EvidenceFiles,
  exports: ExportFiles,
  tableWorker: URL,
): WordingFileHandlers {
  const sources = givenFiles<Source>(KEPT)
  const imports = new Map<string, Written>()
  const views = createWordingViews(context)

  const draftContent = (wordingId: string) => {
    const draft = WORDING_DRAFT.read(context.store, wordingId)
    const read = draft && readDraft(openDraft(draft.state.doc))
    return read?.ok === true ? read.content : null
  }

  function present(incidentId: string | null): PresentWording[] {
    return views.list(wordingScope(incidentId), false).flatMap(({ id, live, last }) => {
      const wording = WORDING.read(context.store, id)
      const content = draftContent(id)
      if (!wording || !content) return []
      const written = [live?.revisionId, last?.id].flatMap((one) => REVISION.read(context.store, one ?? '')?.state.content ?? [])
      const hash = contentHash(content)
      const saved = wording.state.revisions.some((one) => one.hash === hash)
      return [{ wordingId: id, place: wording.state, content, exported: written, saved }]
    })
  }

  /** @param only the id of the one text that is wanted; undefined for all */
  function exported(incidentId: string | null, language: WordingLanguage, only?: string): ExportedWording[] {
    const { t } = readerWords(language, 'UTC')
    const rows = views.list(wordingScope(incidentId), false)
    return rows.flatMap((row) => {
      const { id, status, live, last } = row
      if (only !== undefined && id !== only) return []
      const revision = REVISION.read(context.store, live?.revisionId ?? last?.id ?? '')
      const content = revision?.state.content ?? (views.isOutside() ? null : draftContent(id))
      if (!content) return []
      const number = revision?.state.number ?? null
      // The row tells people from outside less than the text does.
      return [{ place: row, content, number, standing: t(`wording:status.${status}`), hash: revision?.state.hash ?? '' }]
    })
  }

  /** Takes back one draft of an import; false if somebody has worked on it since. */
  function takeBack({ wordingId, after, before }: Written['drafts'][number]): boolean {
    const wording = WORDING.read(context.store, wordingId)
    const now = draftContent(wordingId)
    if (!wording || !now || contentHash(now) !== after) return false
    if (before === null && wording.state.revisions.length > 0) return false
    const result =
      before === null
        ? runCommand(context, removeWording, { wordingId, removed: true })
        : runCommand(context, replaceDraft, { wordingId, content: before, authors: [] })
    return result.ok
  }

  return {
    'wordings.checkFile': async ({ incidentId, source, mapping, reading, kind, language }) => {
      // The comparison with drafts would tell people from outside what is being written.
      if (views.isOutside()) return fail('not-permitted', { action: 'wording.draft', roles: '' })
      const sourceId = 'uploadId' in source ? source.uploadId : context.uuid()
      let given = sources.find(sourceId)
      if (!given) {
        const taken = 'path' in source ? await files.take(source.path) : await files.finish(source.uploadId)
        if (!taken.ok) return taken
        given = { path: taken.value.path, fileName: taken.value.name, owned: 'uploadId' in source, checks: 0, incidentId, wordings: null }
      }
      await sources.keep(sourceId, given)
      given.checks += 1
      const check = given.checks
      const how = { reading, mapping: mapping ?? null, defaults: { kind, language } }
      const read = await inspectWordings(given.path, given.fileName, how, tableWorker).catch(async (error: unknown) => {
        await sources.forget(sourceId)
        throw error
      })
      if (!read.ok) {
        await sources.forget(sourceId)
        return read
      }
      const { wordings, ...rest } = read.value
      // The import writes what was asked for last, whichever of two checks of one file ends last.
      if (given.checks === check) Object.assign(given, { wordings, incidentId })
      const shown = planWordings(wordings, present(incidentId)).map((one) => one.shown)
      const counts: WordingFileCheck['counts'] = { add: 0, same: 0, revise: 0, overwrite: 0, refuse: 0 }
      for (const { act } of shown) counts[act] += 1
      const look = ({ act, words }: (typeof shown)[number]) => (act === 'overwrite' ? 0 : act === 'refuse' || words.length > 0 ? 1 : 2)
      const rows = shown.toSorted((a, b) => look(a) - look(b)).slice(0, SHOWN)
      return done({ sourceId, fileName: given.fileName, ...rest, counts, rows })
    },

    'wordings.importFile': async ({ sourceId, revise, overwrite }) => {
      const given = sources.find(sourceId)
      if (!given?.wordings) return fail('import-unknown')
      const { incidentId } = given
      // Planned again: another member may have added the same texts since the check.
      const planned = planWordings(given.wordings, present(incidentId))
      const added = planned.flatMap((one) => (one.act === 'add' ? [{ ...one, incidentId, wordingId: context.uuid() }] : []))
      const written = runCommand(context, createWordings, added)
      if (!written.ok) return written
      const drafts: Written['drafts'] = added.map(({ wordingId, content }) => ({ wordingId, after: contentHash(content), before: null }))
      for (const one of planned.filter(isRevised)) {
        if (one.act === 'revise' ? !revise : !overwrite) continue
        const changed = runCommand(context, replaceDraft, { wordingId: one.wordingId, content: one.content, authors: [] })
        // What was written so far can be undone.
        if (!changed.ok && drafts.length === 0) return changed
        const now = changed.ok ? draftContent(one.wordingId) : null
        if (now) drafts.push({ wordingId: one.wordingId, after: contentHash(now), before: one.before })
      }
      await sources.forget(sourceId)
      const importId = context.uuid()
      imports.set(importId, { drafts })
      for (const oldest of [...imports.keys()].slice(0, -KEPT)) imports.delete(oldest)
      return done({ importId, added: added.length, revised: drafts.length - added.length })
    },

    'wordings.undoImport': ({ importId }) => {
      const written = imports.get(importId)
      if (!written) return fail('import-unknown')
      imports.delete(importId)
      return done({ kept: written.drafts.filter((one) => !takeBack(one)).length })
    },

    'wordings.exportFile': async ({ incidentId, wordingId, format, language }) => {
      const texts = exported(incidentId, language, wordingId)
      if (wordingId !== undefined && texts.length === 0) return fail('not-found')
      const { t } = readerWords(language, 'UTC')
      const title = t(incidentId === null ? 'wording:library' : 'wording:title')
      const made = exports.create(title, format, MIME[format])
      const rows = texts.map((text) => wordingRow(text, language))
      const header = wordingHeader(language)
      if (format === 'docx') await writeFile(made.path, await wordingDocument(title, texts, language))
      else if (format === 'md') await writeFile(made.path, texts.map(({ content }) => toMarkdown(content)).join('\n'))
      else {
        const sink = createWriteStream(made.path)
        const result =
          format === 'csv' ? await writeCsv(header, rows, sink) : await writeXlsx([{ name: title, header, rows, main: true }], sink)
        if (!result.ok) return fail('not-saved', { detail: result.problem.code })
      }
      return done({ ...exports.finish(made), texts: texts.length })
    },
  }
}

const isRevised = (one: PlannedWording): one is Extract<PlannedWording, { before: WordingContent }> =>
  one.act === 'revise' || one.act === 'overwrite'
