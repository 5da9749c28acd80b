import { PAGE_SIZE, type EntryRow } from '#contract/timeline-api.ts'
import { useCallback, useMemo } from 'react'
import { groupAt, headOf, rowGroups, type RowGroup } from './row-groups.ts'
import type { WindowSnapshot } from './timeline-window.ts'

/** The rows of a timeline in the order of the screen, as far as their pages are read. */
export type ShownRows = {
  total: number
  groups: readonly RowGroup[]
  /** The storage index of the row at an index of the screen, and the reverse. */
  stored(index: number): number
  rowAt(index: number): EntryRow | undefined
  /** The silence before the row at an index of the screen that is long enough to be marked, in milliseconds. */
  gapAt(index: number): number | undefined
  groupOf(index: number): RowGroup | undefined
  startsGroup(index: number): boolean
}

export function useShownRows({ outline, pages }: WindowSnapshot, newestFirst: boolean): ShownRows {
  const total = outline?.total ?? 0
  const groups = useMemo(() => rowGroups(outline?.groups ?? []), [outline])
  const stored = useCallback((index: number) => (newestFirst ? total - 1 - index : index), [newestFirst, total])
  const pageOf = (index: number) => pages.get(Math.floor(stored(index) / PAGE_SIZE))
  const groupOf = (index: number) => groups[groupAt(groups, stored(index))]
  return {
    total,
    groups,
    stored,
    rowAt: (index) => pageOf(index)?.rows[stored(index) % PAGE_SIZE],
    gapAt: (index) => pageOf(index)?.gaps.find(({ row }) => row === stored(index) % PAGE_SIZE)?.ms,
    groupOf,
    startsGroup: (index) => {
      const group = groupOf(index)
      return group !== undefined && stored(index) === headOf(group, newestFirst)
    },
  }
}
