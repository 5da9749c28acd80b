import { WORDING_STATUSES, type WordingRow } from '#contract/wording-api.ts'
import { EMOTIONS, WORDING_KINDS, type Emotion, type WordingKind } from '#domain/wording/wording.ts'

/** The columns of the matrix: the emotions of a customer, then texts for all of them. */
export const MATRIX_COLUMNS = [...EMOTIONS, 'any'] as const
export type MatrixColumn = (typeof MATRIX_COLUMNS)[number]

/** One row of the matrix: a scenario; empty for texts that apply to all. */
export type MatrixRow = { scenario: string; cells: Record<MatrixColumn, WordingRow[]> }

/** How many texts are where. A text in use of which a newer revision is in approval counts in both. */
export type Standing = { live: number; inReview: number; oldestDue: number | null; drafts: number; unapproved: number }

/** Whether a revision is in approval, whatever is in use or was saved meanwhile. */
export const isInReview = (row: WordingRow) => row.inReview !== null

/** The number of the revision in approval if the status of the row does not say it, else null. */
export function newerInReview({ inReview, live, status }: WordingRow): number | null {
  return inReview && status !== 'in-review' && inReview.number > (live?.number ?? 0) ? inReview.number : null
}

/** The number of the approved revision that can be published if the status of the row does not say it, else null. */
export const readyBeside = ({ ready, status }: WordingRow): number | null => (ready && status !== 'approved' ? ready.number : null)

export function standingOf(rows: readonly WordingRow[]): Standing {
  const reviewed = rows.filter(isInReview)
  const dues = reviewed.flatMap((row) => row.inReview?.dueAt ?? [])
  return {
    live: rows.filter(({ status }) => status === 'published').length,
    inReview: reviewed.length,
    oldestDue: dues.length === 0 ? null : Math.min(...dues),
    drafts: rows.filter(({ status, draftAhead }) => draftAhead || status === 'draft').length,
    unapproved: rows.filter(({ live }) => live?.unapproved === true).length,
  }
}

/** Whether a text contains every word in its title, core message, scenario or condition. */
export function isFound(row: WordingRow, words: readonly string[]): boolean {
  const text = [row.title, row.core, row.scenario, row.preparedFor].join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}

/** The words that a filter asks for. */
export const wordsOf = (filter: string) => filter.toLowerCase().split(/\s+/).filter(Boolean)

/** The choices of the status filter; null is every status. Removed texts are in their own choice only. */
export const STATUS_FILTERS = [...WORDING_STATUSES, 'unapproved', 'removed'] as const
export type StatusFilter = (typeof STATUS_FILTERS)[number] | null

/** Whether a text belongs to a choice of the status filter. */
export function hasStatus(row: WordingRow, status: StatusFilter): boolean {
  if (row.removed || status === 'removed') return row.removed && status === 'removed'
  if (status === null) return true
  if (status === 'unapproved') return row.live?.unapproved === true
  return (
    row.status === status ||
    (status === 'in-review' && isInReview(row)) ||
    (status === 'approved' && row.ready !== null) ||
    (status === 'draft' && row.draftAhead)
  )
}

/** The distinct scenarios of texts, in the order in which they first occur. */
export function scenariosOf(rows: readonly WordingRow[]): string[] {
  return [...new Set(rows.map(({ scenario }) => scenario).filter((scenario) => scenario !== ''))]
}

const columnOf = (emotion: Emotion | null): MatrixColumn => emotion ?? 'any'

/** The script matrix (MS-01): scripts, and other texts for an emotion, by scenario and emotion. Texts for all scenarios come last. */
export function matrixOf(rows: readonly WordingRow[]): MatrixRow[] {
  const placed = rows.filter(({ kind, emotion }) => kind === 'script' || emotion !== null)
  const scenarios = [...scenariosOf(placed), ...(placed.some(({ scenario }) => scenario === '') ? [''] : [])]
  return scenarios.map((scenario) => {
    const cells: MatrixRow['cells'] = { angry: [], disappointed: [], suspicious: [], calm: [], any: [] }
    for (const row of placed) if (row.scenario === scenario) cells[columnOf(row.emotion)].push(row)
    return { scenario, cells }
  })
}

/** Texts by kind, in the order of kinds; kinds without texts are left out. */
export function byKind(rows: readonly WordingRow[]): { kind: WordingKind; rows: WordingRow[] }[] {
  return WORDING_KINDS.map((kind) => ({ kind, rows: rows.filter((row) => row.kind === kind) })).filter((group) => group.rows.length > 0)
}
