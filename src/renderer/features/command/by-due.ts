/** Sorts by due time; items without one come last, in their original order. */
export function byDue<T extends { dueAt: number | null }>(things: readonly T[]): T[] {
  return things.toSorted((a, b) => (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY) || 0)
}
