/** A day of the list and the place of its first row in the order of storage. */
export type DayStart = { day: string; first: number; count: number }

/** Where each day begins, from the counts of the outline. */
export function dayStarts(days: readonly { day: string; count: number }[]): DayStart[] {
  const starts: DayStart[] = []
  let first = 0
  for (const { day, count } of days) {
    starts.push({ day, first, count })
    first += count
  }
  return starts
}

/** The day that holds the row stored at `index`, by binary search, or null. */
export function dayOfRow(starts: readonly DayStart[], index: number): DayStart | null {
  let low = 0
  let high = starts.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const start = starts[middle]
    if (!start) return null
    if (index < start.first) high = middle - 1
    else if (index >= start.first + start.count) low = middle + 1
    else return start
  }
  return null
}

/** Noon of a calendar day (YYYY-MM-DD) on this machine, for wording it; milliseconds since 1970. */
export function noonOf(day: string): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date, 12).getTime()
}
