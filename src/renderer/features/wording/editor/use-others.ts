import { useReadEach } from '#client/use-read-each.ts'
import { useRead } from '#client/use-read.ts'
import { othersOf } from '#domain/wording/content-checks.ts'
import { useMemo } from 'react'

/** Texts that are compared at most. */
const MOST = 60

/** The other texts of an incident that are in use, prepared for the checks; none in the standing library. */
export function useOthers(incidentId: string | null, wordingId: string) {
  const rows = useRead('wordings.list', incidentId === null ? null : { incidentId, removed: false }).data ?? []
  const live = rows.flatMap((row) => (row.live && row.id !== wordingId && row.status === 'published' ? [row.live.revisionId] : []))
  const read = useReadEach(
    'wordings.revision',
    live.slice(0, MOST).map((revisionId) => ({ incidentId, revisionId })),
  )
  const texts = read.flatMap(({ data }) => (data ? [{ id: data.wordingId, content: data.content }] : []))
  // A revision never changes: the same ids are the same texts.
  const key = read.flatMap(({ data }) => data?.id ?? []).join(' ')
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- `texts` is made anew each time; `key` names what is in it
  return useMemo(() => othersOf(texts), [key])
}
