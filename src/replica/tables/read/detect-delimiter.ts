export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

const ROWS_LOOKED_AT = 50

/**
 * Finds the delimiter: the character that most rows contain equally often. A tab wins in a file called .tsv; a file without any
 * has one column.
 * @param sample the beginning of the text; its last row may be cut
 */
export function detectDelimiter(sample: string, expectTab: boolean): Delimiter {
  const counts = countPerRow(sample)
  let best: Delimiter = expectTab ? '\t' : ','
  let bestScore = 0
  for (const [index, delimiter] of delimiters.entries()) {
    const score = scoreOf(counts.map((row) => row[index] ?? 0))
    if (expectTab && delimiter === '\t' && score > 0) return '\t'
    if (score > bestScore) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}

/** Share of rows with the most frequent count; a larger count wins ties. */
function scoreOf(counts: readonly number[]): number {
  const times = new Map<number, number>()
  for (const count of counts) if (count > 0) times.set(count, (times.get(count) ?? 0) + 1)
  let score = 0
  for (const [count, rows] of times) score = Math.max(score, rows / counts.length + Math.min(count, 100) / 10_000)
  return score
}

function countPerRow(sample: string): number[][] {
  const rows: number[][] = []
  let row = delimiters.map(() => 0)
  let inQuotes = false
  let cellIsEmpty = true
  let rowIsEmpty = true
  const finishRow = () => {
    if (!rowIsEmpty) rows.push(row)
    row = delimiters.map(() => 0)
    rowIsEmpty = true
    cellIsEmpty = true
  }
  for (const character of sample) {
    if (rows.length >= ROWS_LOOKED_AT) return rows
    if (inQuotes) {
      if (character === '"') inQuotes = false
      continue
    }
    const index = delimiters.findIndex((delimiter) => delimiter === character)
    if (index !== -1) {
      row[index] = (row[index] ?? 0) + 1
      cellIsEmpty = true
      rowIsEmpty = false
    } else if (character === '\n' || character === '\r') {
      finishRow()
    } else {
      // A quote opens a quoted cell only at its start; `""` within one closes and opens again.
      if (character === '"' && cellIsEmpty) inQuotes = true
      else cellIsEmpty = false
      rowIsEmpty = false
    }
  }
  if (rows.length === 0) finishRow()
  return rows
}
