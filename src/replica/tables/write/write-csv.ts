import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import { guardText } from '../formula-guard.ts'
import { tableProblem, type Outcome } from '../table-problem.ts'
import { wallClock, type Cell, type Rows } from './table-cell.ts'

/**
 * Writes a CSV file that Excel reads correctly without running any formula: UTF-8 with a byte order mark, CR LF, and a single
 * quote before text that would be a formula (ASVS 1.2.10). `readTable` removes the quote. Moments are written as ISO 8601 with
 * their offset, so that they are exact; numbers as plain decimals. Ends the sink.
 * @returns the number of rows after the header, or write-failed with the system's error code
 */
export async function writeCsv(
  header: readonly string[],
  rows: Rows,
  sink: Writable,
): Promise<Outcome<{ readonly rows: number }, 'write-failed'>> {
  let count = 0
  let sourceFault: { readonly error: unknown } | null = null
  async function* records(): AsyncGenerator<string[]> {
    yield header.map(guardText)
    try {
      for await (const row of rows) {
        count += 1
        yield row.map(csvText)
      }
    } catch (error) {
      sourceFault = { error }
      throw error
    }
  }
  // Any of these, unquoted, ends or splits a cell for some program.
  const stringifier = stringify({ bom: true, record_delimiter: '\r\n', quoted_match: /[\r\n\t;|]|^\s|\s$/u })
  try {
    await pipeline(Readable.from(records()), stringifier, sink)
    return { ok: true, value: { rows: count } }
  } catch (error) {
    // Errors from the rows belong to the caller.
    if (sourceFault !== null) throw error
    return { ok: false, problem: tableProblem('write-failed', { reason: reasonOf(error) }) }
  }
}

function csvText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return guardText(cell.toWellFormed())
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  return wallClock(cell).toISO({ suppressMilliseconds: true }) ?? ''
}

/** The system's code of a failed write, such as ENOSPC. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : error.message
}
