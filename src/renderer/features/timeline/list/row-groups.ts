import type { TimelineGroup } from '#contract/timeline-api.ts'

/** A day or an hour of the list and the storage index of its first row. */
export type RowGroup = TimelineGroup & { first: number }

/** The start of each group, from the counts of the outline. */
export function rowGroups(groups: readonly TimelineGroup[]): RowGroup[] {
  let first = 0
  return groups.map((group) => {
    const placed = { ...group, first }
    first += group.count
    return placed
  })
}

/** The group that contains the row at storage index `place`, by binary search; -1 if none does. */
export function groupAt(groups: readonly RowGroup[], place: number): number {
  let low = 0
  let high = groups.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const group = groups[middle]
    if (!group) return -1
    if (place < group.first) high = middle - 1
    else if (place >= group.first + group.count) low = middle + 1
    else return middle
  }
  return -1
}

/** The storage index of the row below a group's heading: its newest row if the newest is on top, else its oldest. */
export function headOf(group: RowGroup, newestFirst: boolean): number {
  return newestFirst ? group.first + group.count - 1 : group.first
}

/**
 * The target of the next or previous heading in reading order; null at the end. Going back from within a group leads to its own heading
 * first.
 * @param place storage index of the reader's position
 */
export function headBeside(
  groups: readonly RowGroup[],
  place: number,
  newestFirst: boolean,
  direction: 'next' | 'previous',
): number | null {
  const at = groupAt(groups, place)
  const group = groups[at]
  if (!group) return null
  if (direction === 'previous' && place !== headOf(group, newestFirst)) return headOf(group, newestFirst)
  const beside = groups[at + ((direction === 'next') === newestFirst ? -1 : 1)]
  return beside ? headOf(beside, newestFirst) : null
}
