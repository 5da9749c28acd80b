/** In the order in which they are due; what is due at no time comes last, as it stood. */
export function byDue<T extends { dueAt: number | null }>(things: readonly T[]): T[] {
  return things.toSorted((a, b) => (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY) || 0)
}
