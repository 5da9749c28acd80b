import { CsvError, parse } from 'csv-parse'
import { refuse } from '../table-problem.ts'
import { unguardText } from '../formula-guard.ts'
import { MAX_COLUMNS, MAX_ROW_LENGTH, MAX_SEPARATORS } from './table-limits.ts'
import type { RawRow } from './raw-row.ts'

/**
 * Reads CSV or TSV text into rows. Accepts all three line ends, also mixed; quotes inside an unquoted cell and text after a
 * closing quote are kept. An empty line becomes a row with one empty cell.
 * Refuses: quote-not-closed (with the line where the quote opens), row-too-long, too-many-columns.
 * @param ours see `TableOptions.ours`
 * @param hinted whether the first line names the separator and is no row
 */
export async function* readDelimited(
  text: AsyncIterable<string>,
  delimiter: string,
  ours: boolean,
  hinted: boolean,
): AsyncGenerator<readonly RawRow[]> {
  let line = 1
  let rows: RawRow[] = []
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: MAX_ROW_LENGTH,
    // Rows are collected here instead of from the stream, which drops buffered ones when an error ends it.
    on_record: (record: string[]) => {
      rows.push({ line, cells: ours ? record.map(unguardText) : record })
      // The parser's own count takes a CR LF inside quotes for two lines.
      line += 1
      for (const cell of record) line += countLineEnds(cell)
      return null
    },
  })
  let skip = hinted ? 1 : 0
  const takeRows = () => {
    const taken = rows.slice(skip)
    if (rows.length > 0) skip = 0
    rows = []
    return taken
  }
  const separators = countSeparators(delimiter)
  // Each error also reaches the callback of the write that caused it.
  parser.on('error', () => undefined)
  try {
    for await (const chunk of text) {
      // Counted before the parser creates the cells: 20 million empty columns are a file of 20 MB.
      if (separators(chunk) > MAX_SEPARATORS) refuse('too-many-columns', { limit: MAX_COLUMNS }, line)
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

/** Counts separators between line ends, and returns the maximum so far. Line ends within quotes count too, which can only lower it. */
function countSeparators(delimiter: string): (chunk: string) => number {
  const wanted = delimiter.charCodeAt(0)
  let inLine = 0
  let most = 0
  return (chunk) => {
    for (let at = 0; at < chunk.length; at += 1) {
      const unit = chunk.charCodeAt(at)
      if (unit === wanted) inLine += 1
      else if (unit === LINE_FEED || unit === CARRIAGE_RETURN) {
        most = Math.max(most, inLine)
        inLine = 0
      }
    }
    return Math.max(most, inLine)
  }
}

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
