import { createWriteStream } from 'node:fs'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { maskPersonal, personalSpots } from '#domain/privacy/mask-personal.ts'
import { REVEAL } from '#domain/privacy/reveal-entity.ts'
import { revealId, revealIdsOf } from '#domain/privacy/reveal-ops.ts'
import { REVEAL_HOUR_MS, REVEAL_SHOWN_MS, REVEALS_PER_HOUR, textAt } from '#domain/privacy/reveal.ts'
import { incidentOfScope, incidentScope } from '#domain/log/ids.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail } from '#contract/failures.ts'
import { REVEAL_PAGE, type RevealView } from '#contract/personal-api.ts'
import type { ExportFiles } from '../exports/export-files.ts'
import { revealHeader, revealRows } from '../exports/reveal-table.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { writeCsv } from '../tables/write/write-csv.ts'
import { readerWords } from '../words/reader-words.ts'
import { memberNames, write, type ServiceContext } from '../context/service-context.ts'

export type PersonalHandlers = Pick<ApiHandlers, 'personal.reveal' | 'personal.reveals' | 'personal.revealsAsFile'>

const EXCERPT = 60
const FIRST = { at: Number.MAX_SAFE_INTEGER, id: '' }

type Filter = { incidentId: string | null; memberId: string | null }

/** Reveals one personal text at a time, after recording who looks and why; lists past reveals. */
export function personalService(context: ServiceContext, exports: ExportFiles, device: string): PersonalHandlers {
  const { db, store } = context
  const page = db.prepare<[string | null, string | null, string | null, string | null, number, number, string, number], EntityRow>(
    `SELECT * FROM entity WHERE kind = 'reveal' AND (? IS NULL OR scope = ?) AND (? IS NULL OR facet = ?)
     AND (sort_at < ? OR (sort_at = ? AND id < ?)) ORDER BY sort_at DESC, id DESC LIMIT ?`,
  )
  const countLately = db
    .prepare<[string, string, number], number>("SELECT count(*) FROM entity WHERE kind = 'reveal' AND id >= ? AND id < ? AND sort_at > ?")
    .pluck()

  function readPage({ incidentId, memberId }: Filter, before: { at: number; id: string }): { reveals: RevealView[]; more: boolean } {
    const scope = incidentId === null ? null : incidentScope(incidentId)
    const rows = page.all(scope, scope, memberId, memberId, before.at, before.at, before.id, REVEAL_PAGE + 1)
    const names = memberNames(context)
    const reveals = rows.slice(0, REVEAL_PAGE).flatMap((row): RevealView[] => {
      const entity = REVEAL.as(seenEntity(row))
      const owner = incidentOfScope(row.scope)
      if (!entity || owner === null) return []
      const { replicaId: _replicaId, ...state } = entity.state
      const incident = INCIDENT.read(store, owner)
      const text = textAt(store.read(state.of.kind, state.of.id)?.state, state.of.field)
      return [
        {
          ...state,
          id: entity.id,
          byName: names(state.by),
          incidentId: owner,
          incidentTitle: maskPersonal(incident?.state.title ?? ''),
          excerpt: text === null ? null : maskPersonal(text).slice(0, EXCERPT),
          pending: row.view !== null,
        },
      ]
    })
    return { reveals, more: rows.length > REVEAL_PAGE }
  }

  function* all(filter: Filter): Generator<RevealView> {
    for (let before = FIRST; ;) {
      const { reveals, more } = readPage(filter, before)
      yield* reveals
      const last = reveals.at(-1)
      if (!more || !last) return
      before = last
    }
  }

  return {
    'personal.reveal': ({ incidentId, of, reason, words }) => {
      const memberId = store.meta.read('memberId')
      if (memberId === null) return fail('not-set-up')
      const scope = incidentScope(incidentId)
      const entity = store.read(of.kind, of.id)
      const text = entity?.scope === scope ? textAt(entity.state, of.field) : null
      if (text === null) return fail('not-found')
      if (personalSpots(text).length === 0) return fail('nothing-masked')
      const body = { of, reason, words: maskPersonal(words), device }
      const written = write(context, [
        { scope, kind: REVEAL.kind, id: revealId(memberId, context.uuid()), type: 'personal.revealed', body },
      ])
      if (!written.ok) return written
      const { from, below } = revealIdsOf(memberId)
      const lately = countLately.get(from, below, context.now() - REVEAL_HOUR_MS) ?? 0
      return done({ text, shownMs: REVEAL_SHOWN_MS, left: Math.max(0, REVEALS_PER_HOUR - lately) })
    },

    'personal.reveals': ({ before, ...filter }) => done(readPage(filter, before ?? FIRST)),

    'personal.revealsAsFile': async ({ language, zone, ...filter }) => {
      const words = readerWords(language, zone)
      const { t } = words
      const made = exports.create(t('exports:reveals.file'), 'csv', 'text/csv')
      const written = await writeCsv(revealHeader(words), revealRows(all(filter), words, zone), createWriteStream(made.path))
      return written.ok ? done(exports.finish(made)) : fail('not-saved', { detail: written.problem.code })
    },
  }
}
