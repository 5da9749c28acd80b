import type { SearchHit } from '#contract/search-api.ts'

/** The hits in one incident, the incident itself first. */
export type HitGroup = { incidentId: string; title: string; hits: SearchHit[] }

/** Groups hits by incident, in the order of each incident's first hit. */
export function groupHits(hits: readonly SearchHit[]): HitGroup[] {
  const groups = new Map<string, HitGroup>()
  for (const hit of hits) {
    const group = groups.get(hit.incidentId) ?? { incidentId: hit.incidentId, title: hit.incidentTitle, hits: [] }
    group.hits.push(hit)
    groups.set(hit.incidentId, group)
  }
  return [...groups.values()].map((group) => ({
    ...group,
    hits: group.hits.toSorted((a, b) => Number(b.kind === 'incident') - Number(a.kind === 'incident')),
  }))
}

/** The address of a hit. */
export function hitAddress(hit: Pick<SearchHit, 'kind' | 'id' | 'incidentId'>): string {
  return hit.kind === 'entry' ? `/incidents/${hit.incidentId}?entry=${hit.id}` : `/incidents/${hit.incidentId}`
}

/** Splits an excerpt into plain and marked runs; overlapping marks are merged. */
export function markedRuns(excerpt: string, marks: readonly [number, number][]): { text: string; marked: boolean; start: number }[] {
  const runs: { text: string; marked: boolean; start: number }[] = []
  let at = 0
  const put = (end: number, marked: boolean) => {
    if (end > at) runs.push({ text: excerpt.slice(at, end), marked, start: at })
    at = Math.max(at, end)
  }
  for (const [start, end] of marks.toSorted((a, b) => a[0] - b[0])) {
    put(start, false)
    put(end, true)
  }
  put(excerpt.length, false)
  return runs
}
