/**
 * Assigns rows to the labels of marked lines, so that neighbours do not overlap.
 * @param ats times in ascending order
 * @param span time covered by the whole width
 * @param share fraction of the width that a label takes
 * @returns a row for each, 0 the lowest; at most `rows` rows
 */
export function labelRows(ats: readonly number[], span: number, share: number, rows = 3): number[] {
  const ends: number[] = []
  return ats.map((at) => {
    const free = Array.from({ length: rows }, (_, row) => row).find((row) => (ends[row] ?? Number.NEGATIVE_INFINITY) <= at)
    const row = free ?? ends.indexOf(Math.min(...ends))
    ends[row] = at + span * share
    return row
  })
}
