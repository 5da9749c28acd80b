export type SortedRows = {
  readonly length: number
  insert(time: number, row: number, mark: number): void
  remove(row: number): void
  /** Position of a row, or -1. */
  indexOf: (row: number) => number
  /** A copy of the rows from one position to another. */
  slice: (from: number, to: number) => Int32Array
  /** The times in order. */
  times: () => Float64Array
  /** The marks in the same order. */
  marks: () => Uint8Array
}

/**
 * Rows of a list, ordered by a time and then by arrival, each with a mark; thirteen bytes each. A list of 100,000 rows is kept
 * and updated in place instead of being reloaded after every write.
 */
export function createSortedRows(): SortedRows {
  let times = new Float64Array(1024)
  let rows = new Int32Array(1024)
  let marks = new Uint8Array(1024)
  let length = 0

  /** The first position whose (time, row) is not before the given one. */
  function positionFor(time: number, row: number): number {
    let low = 0
    let high = length
    // A whole list arrives in order, and new rows mostly belong at the end.
    const lastTime = times[length - 1] ?? Number.NEGATIVE_INFINITY
    if (lastTime < time || (lastTime === time && (rows[length - 1] ?? 0) < row)) return length
    while (low < high) {
      const middle = (low + high) >>> 1
      const here = times[middle] ?? 0
      if (here < time || (here === time && (rows[middle] ?? 0) < row)) low = middle + 1
      else high = middle
    }
    return low
  }

  function grow(): void {
    const [oldTimes, oldRows, oldMarks] = [times, rows, marks]
    times = new Float64Array(length * 2)
    rows = new Int32Array(length * 2)
    marks = new Uint8Array(length * 2)
    times.set(oldTimes)
    rows.set(oldRows)
    marks.set(oldMarks)
  }

  // The requested row is mostly new and near the end.
  const indexOf = (row: number): number => rows.subarray(0, length).lastIndexOf(row)

  return {
    get length() {
      return length
    },
    insert(time: number, row: number, mark: number): void {
      if (length === rows.length) grow()
      const position = positionFor(time, row)
      times.copyWithin(position + 1, position, length)
      rows.copyWithin(position + 1, position, length)
      marks.copyWithin(position + 1, position, length)
      times[position] = time
      rows[position] = row
      marks[position] = mark
      length += 1
    },
    remove(row: number): void {
      const position = indexOf(row)
      if (position < 0) return
      times.copyWithin(position, position + 1, length)
      rows.copyWithin(position, position + 1, length)
      marks.copyWithin(position, position + 1, length)
      length -= 1
    },
    indexOf,
    slice: (from: number, to: number): Int32Array => rows.slice(from, Math.min(to, length)),
    times: (): Float64Array => times.subarray(0, length),
    marks: (): Uint8Array => marks.subarray(0, length),
  }
}
