import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { EntryKind } from '#domain/timeline/entry.ts'
import { useEntryWords } from '#ui/entry-words.ts'
import { shownLanguage } from '#ui/shown-language.ts'
import { useTranslation } from 'react-i18next'
import { useRoom } from '../room-context.ts'

export type EntryChoice = { id: string; kind: EntryKind; at: number; text: string }

const MOST = 50

/** Entries to choose from: without a query the latest of the incident, `preferred` kinds first; with a query the search results. */
export function useEntryChoices(
  typed: string,
  preferred: readonly EntryKind[],
  except: string | null,
): { choices: EntryChoice[]; failure: Failure | null; loading: boolean } {
  const room = useRoom()
  const { i18n } = useTranslation()
  const words = useEntryWords()
  const incidentId = room.incident.id
  const text = typed.trim()
  const filter = { order: 'happened' } as const
  const outline = useRead('timeline.outline', text === '' ? { incidentId, filter, zone: room.zone } : null)
  const lastPage = (outline.data?.pages ?? 0) - 1
  const latest = useRead('timeline.page', text === '' && lastPage >= 0 ? { incidentId, filter, page: lastPage } : null)
  const found = useRead('search.query', text === '' ? null : { text, incidentId, limit: MOST, language: shownLanguage(i18n.language) }, {
    keep: true,
  })

  const fromLatest = (latest.data?.rows ?? [])
    .filter((row) => row.kind !== 'system')
    .toReversed()
    .map((row) => ({ id: row.id, kind: row.kind, at: row.happenedAt, text: words(row) }))
  const fromSearch = (found.data?.hits ?? []).flatMap((hit) =>
    hit.kind === 'entry' && hit.entryKind !== null ? [{ id: hit.id, kind: hit.entryKind, at: hit.at, text: hit.excerpt }] : [],
  )
  const all = (text === '' ? fromLatest : fromSearch).filter((choice) => choice.id !== except)
  const isPreferred = (choice: EntryChoice) => preferred.includes(choice.kind)
  const choices = text === '' ? [...all.filter(isPreferred), ...all.filter((choice) => !isPreferred(choice))] : all
  return {
    choices: choices.slice(0, MOST),
    failure: text === '' ? (outline.failure ?? latest.failure) : found.failure,
    loading: text === '' ? outline.loading || latest.loading : found.loading,
  }
}
