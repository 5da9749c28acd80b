import { CsvError, parse } from 'csv-parse'
import { refuse } from '../table-problem.ts'
import { unguardText } from '../formula-guard.ts'
import { MAX_ROW_LENGTH } from './table-limits.ts'
import type { RawRow } from './raw-row.ts'

/**
 * Reads CSV or TSV text into rows. All three line ends are taken, mixed as well; quotes inside an unquoted cell and text after a closing
 * quote are kept as they stand. A row with one empty cell is how an empty line comes out.
 * Refuses: quote-not-closed (with the line where the quote opens), row-too-long.
 * @param ours see `TableOptions.ours`
 */
export async function* readDelimited(
  text: AsyncIterable<string>,
  delimiter: string,
  ours: boolean,
): AsyncGenerator<readonly RawRow[]> {
  let line = 1
  let rows: RawRow[] = []
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: MAX_ROW_LENGTH,
    // Rows are taken here, not from the stream, which drops those that still wait in it when an error ends it.
    on_record: (record: string[]) => {
      rows.push({ line, cells: ours ? record.map(unguardText) : record })
      // The parser's own count takes a CR LF inside quotes for two lines.
      line += 1
      for (const cell of record) line += countLineEnds(cell)
      return null
    },
  })
  const takeRows = () => {
    const taken = rows
    rows = []
    return taken
  }
  // Each error also reaches the callback of the write that met it.
  parser.on('error', () => undefined)
  try {
    for await (const chunk of text) {
      const error = await new Promise<Error | null | undefined>((resolve) => {
        parser.write(chunk, resolve)
      })
      yield takeRows()
      refuseFault(error, line)
    }
    const error = await new Promise<Error | null | undefined>((resolve) => {
      parser.end(resolve)
    })
    yield takeRows()
    refuseFault(error, line)
  } finally {
    parser.destroy()
  }
}

function refuseFault(error: Error | null | undefined, line: number): void {
  if (error === null || error === undefined) return
  if (!(error instanceof CsvError)) throw error
  refuse(error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote-not-closed' : 'row-too-long', {}, line)
}

function countLineEnds(cell: string): number {
  if (!cell.includes('\n') && !cell.includes('\r')) return 0
  return cell.split(/\r\n|\r|\n/u).length - 1
}
