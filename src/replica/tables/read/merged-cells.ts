import { columnOfReference } from './excel-values.ts'
import { MAX_MERGED } from './table-limits.ts'

/** Cells that were merged downwards: who sees the sheet sees the value of the first of them beside every row. */
export interface MergedColumn {
  /** From 1. */
  readonly column: number
  readonly firstRow: number
  readonly lastRow: number
}

const RANGE = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"/gu

/** Finds them; they stand after all rows, so that a sheet is looked through before it is read. */
export async function readMerged(chunks: AsyncIterable<Uint8Array>): Promise<MergedColumn[]> {
  const merged: MergedColumn[] = []
  let carry = ''
  for await (const chunk of chunks) {
    const text = carry + Buffer.from(chunk).toString('latin1')
    if (text.includes('mergeCell')) {
      for (const [, letters, first, last] of text.matchAll(RANGE)) {
        const column = columnOfReference(letters ?? '')
        if (column !== null && Number(last) > Number(first) && merged.length < MAX_MERGED)
          merged.push({ column, firstRow: Number(first), lastRow: Number(last) })
      }
    }
    // What a chunk cuts through is found whole in the next; what was found already is not found again.
    carry = text.slice(Math.max(text.lastIndexOf('<'), text.length - 400))
  }
  return merged.toSorted((a, b) => a.firstRow - b.firstRow)
}
