import { columnOfReference } from './excel-values.ts'
import { MAX_MERGED } from './table-limits.ts'

/** Cells merged downwards: the sheet shows the value of the first of them beside every row. */
export interface MergedColumn {
  /** From 1. */
  readonly column: number
  readonly firstRow: number
  readonly lastRow: number
}

const RANGE = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"/gu

/** Finds merged cells; the file lists them after all rows, so a sheet is scanned before it is read. */
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
    // A range cut by a chunk border is found whole in the next chunk; ranges already found are not found again.
    carry = text.slice(Math.max(text.lastIndexOf('<'), text.length - 400))
  }
  return merged.toSorted((a, b) => a.firstRow - b.firstRow)
}
