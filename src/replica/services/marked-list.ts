/**
 * Remembers what was returned of a list under which mark, so that a screen that holds the list receives only the differences.
 * A value counts as unchanged as long as it is the same object.
 * @param life id of this process run; a mark of another run is unknown
 */
export function createMarkedList<T extends { id: string }>(life: string) {
  let known = new Map<string, { value: T; version: number }>()
  let order: readonly T[] = []
  let orderVersion = 0
  let version = 0

  function take(list: readonly T[]): void {
    if (list === order) return
    const next = version + 1
    let changed = list.length !== order.length
    let moved = changed
    const found = new Map<string, { value: T; version: number }>()
    for (const [index, value] of list.entries()) {
      const before = known.get(value.id)
      const same = before?.value === value
      if (!same) changed = true
      if (order[index]?.id !== value.id) moved = true
      found.set(value.id, same ? before : { value, version: next })
    }
    order = list
    known = found
    if (moved) orderVersion = next
    if (changed || moved) version = next
  }

  /** The version that a mark stands for, or null if the mark is of another run. */
  function versionOf(mark: string | null): number | null {
    if (mark === null || !mark.startsWith(`${life} `)) return null
    const number = Number(mark.slice(life.length + 1))
    return Number.isInteger(number) && number >= 0 && number <= version ? number : null
  }

  return {
    /**
     * @param list the present content of the list
     * @param since the mark of an earlier answer, or null
     */
    changes(list: readonly T[], since: string | null): { mark: string; whole: boolean; changed: T[]; ids: string[] | null } {
      take(list)
      const from = versionOf(since)
      const mark = `${life} ${version}`
      const ids = from === null || orderVersion > from ? list.map(({ id }) => id) : null
      if (from === null) return { mark, whole: true, changed: [...list], ids }
      return { mark, whole: false, changed: [...known.values()].filter((one) => one.version > from).map(({ value }) => value), ids }
    },
  }
}
