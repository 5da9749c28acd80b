import { IANAZone } from 'luxon'
import { refuse, TableRefusal, tableProblem, type FileProblemCode, type Outcome, type TableProblem } from '../table-problem.ts'
import { checkRow, isEmptyRow } from './check-row.ts'
import { nameColumns } from './column-names.ts'
import { decodeText } from './decode-text.ts'
import { detectDelimiter } from './detect-delimiter.ts'
import { detectEncoding } from './detect-encoding.ts'
import { findHeader, ROWS_FOR_HEADER } from './find-header.ts'
import { openFile, type OpenFile } from './open-file.ts'
import { openWorkbook } from './open-workbook.ts'
import type { RawRow, RowSource } from './raw-row.ts'
import { readDelimited } from './read-delimited.ts'
import { readJson } from './read-json.ts'
import { sniffFormat } from './sniff-format.ts'
import { MAX_BATCH_LENGTH, MAX_BATCH_ROWS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT_FILE_BYTES, MAX_WORKBOOK_FILE_BYTES } from './table-limits.ts'
import type { TableBatch, TableFormat, TableHead, TableOptions, TableRow } from './table-shape.ts'

/** A table whose header has been read. */
export interface OpenTable {
  readonly head: TableHead
  /** The rows after the header, once. If the file is faulty, ends early with `stopped` in the last batch; never throws for that. */
  batches(): AsyncGenerator<TableBatch>
  close(): Promise<void>
}

/**
 * Opens a table in this thread. Code outside the worker calls `readTable` or `inspectTable`, which isolate a hostile file from the app.
 * @param maxRows rows after which reading stops with `too-many-rows`; lower in tests only
 */
export async function openTable(path: string, options: TableOptions, maxRows = MAX_ROWS): Promise<Outcome<OpenTable, FileProblemCode>> {
  let file: OpenFile | null = null
  try {
    file = await openFile(path)
    const table = await readHeader(await describe(path, file, options), options, maxRows)
    const { handle } = file
    return { ok: true, value: { ...table, close: () => handle.close() } }
  } catch (error) {
    await file?.handle.close()
    return { ok: false, problem: problemOf(error) }
  }
}

type Description = Omit<TableHead, 'columns' | 'headerRow' | 'leading' | 'zone'> & { readonly source: RowSource }

async function describe(path: string, file: OpenFile, options: TableOptions): Promise<Description> {
  const format = await sniffFormat(path, file, options)
  const limit = format === 'xlsx' ? MAX_WORKBOOK_FILE_BYTES : MAX_TEXT_FILE_BYTES
  if (file.size > limit) refuse('file-too-large', { size: file.size, limit })
  if (format === 'xlsx') {
    const workbook = await openWorkbook(file, options.sheet)
    return { format, encoding: null, delimiter: null, size: file.size, ...workbook }
  }
  const encoding = options.encoding ?? (await detectEncoding(file))
  const text = decodeText(file, encoding)
  const begins = format === 'json' ? '' : await firstText(decodeText(file, encoding))
  // Excel writes and reads a first line that names the separator; it is not a row.
  const hint = SEPARATOR_HINT.exec(begins)
  const delimiter = format === 'json' ? null : (hint?.[1] ?? detectDelimiter(begins, format === 'tsv'))
  const rows = () => (delimiter === null ? readJson(text) : readDelimited(text, delimiter, options.ours ?? true, hint !== null))
  return {
    format: nameOfFormat(format, delimiter),
    encoding,
    delimiter,
    sheets: [],
    sheet: null,
    from1904: false,
    size: file.size,
    source: {
      rows,
      bytesRead: text.bytesRead,
      bytesTotal: file.size,
      damaged: text.damaged,
    },
  }
}

const SEPARATOR_HINT = /^sep=([,;|\t])\r?(?:\n|$)/iu

function nameOfFormat(format: TableFormat, delimiter: string | null): TableFormat {
  if (delimiter === null) return format
  return delimiter === '\t' ? 'tsv' : 'csv'
}

async function firstText(text: AsyncIterable<string>): Promise<string> {
  for await (const chunk of text) return chunk
  return ''
}

async function readHeader(
  { source, ...description }: Description,
  options: TableOptions,
  maxRows: number,
): Promise<Omit<OpenTable, 'close'>> {
  const groups = source.rows()[Symbol.asyncIterator]()
  const isJson = description.format === 'json'
  const enough = isJson ? 1 : Math.max(ROWS_FOR_HEADER, options.headerRow ?? 0)
  let first: RawRow[] = []
  let fault: unknown = null
  while (first.length < enough) {
    try {
      const group = await groups.next()
      if (group.done === true) break
      first = first.concat(group.value.filter((row) => !isEmptyRow(row)))
    } catch (error) {
      // Rows before the fault are valid; the fault is reported after them.
      fault = error
      break
    }
  }
  if (first.length === 0) {
    if (fault !== null) throw fault
    return refuse('empty-file')
  }
  const begins = first.slice(0, ROWS_FOR_HEADER)
  const headerRow = isJson ? 1 : (options.headerRow ?? findHeader(begins))
  const header = first[Math.max(headerRow, 1) - 1]
  if (header === undefined) return refuse('empty-file')
  const cells = withoutEmptyEnd(header.cells ?? [])
  if (cells.length > MAX_COLUMNS) refuse('too-many-columns', { limit: MAX_COLUMNS })
  // A table without a header is as wide as the widest of its first rows.
  const widest =
    headerRow === 0 ? Math.min(MAX_COLUMNS, Math.max(...begins.map((row) => withoutEmptyEnd(row.cells ?? []).length))) : cells.length
  const columns = nameColumns(headerRow === 0 ? Array.from({ length: widest }, () => '') : cells)
  const pending = first.slice(headerRow)
  const leading = begins
    .slice(0, LEADING_ROWS)
    .map((row) => (row.cells ?? []).slice(0, MAX_COLUMNS).map((cell) => cell.slice(0, 80).toWellFormed()))
  const zone = zoneNamedIn(isJson ? [] : first.slice(0, Math.max(0, headerRow)))
  const width = columns.length

  async function* batches(): AsyncGenerator<TableBatch> {
    let rows: TableRow[] = []
    let length = 0
    let count = 0
    const hand = (stopped?: TableProblem<FileProblemCode>): TableBatch => {
      const batch = { rows, bytesRead: source.bytesRead(), bytesTotal: source.bytesTotal }
      rows = []
      length = 0
      return stopped === undefined ? batch : { ...batch, stopped }
    }
    try {
      for (let group: IteratorResult<readonly RawRow[]> = { value: pending }; group.done !== true; group = await groups.next()) {
        for (const raw of group.value) {
          if (isEmptyRow(raw)) continue
          if (count === maxRows) {
            yield hand(tableProblem('too-many-rows', { limit: maxRows }, raw.line))
            return
          }
          count += 1
          const row = checkRow(raw, { columns: width, damaged: source.damaged() })
          rows.push(row)
          length += row.cells?.reduce((sum, cell) => sum + cell.length, 0) ?? 0
          if (rows.length >= MAX_BATCH_ROWS || length >= MAX_BATCH_LENGTH) yield hand()
        }
        if (fault !== null) throw fault
      }
      yield hand()
    } catch (error) {
      yield hand(problemOf(error))
    } finally {
      await groups.return?.()
    }
  }

  return { head: { ...description, headerRow, leading, zone, columns }, batches }
}

const LEADING_ROWS = 8
const ZONE_NAME = /(?:^|[\s(:,\uFF08\uFF1A\uFF0C])([A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z_+-]+){1,2}|UTC)(?=$|[\s),.\uFF09\uFF0C\u3002])/u

/** The only time zone named in these rows, as exports write it; null if they name none or several. */
function zoneNamedIn(rows: readonly RawRow[]): string | null {
  const named = new Set(
    rows
      .flatMap((row) => (row.cells ?? []).flatMap((cell) => ZONE_NAME.exec(cell)?.[1] ?? []))
      .filter((name) => IANAZone.isValidZone(name)),
  )
  return named.size === 1 ? ([...named][0] ?? null) : null
}

function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1)
}

/** The problem that ended the reading; an unexpected error has a code of its own. */
function problemOf(error: unknown): TableProblem<FileProblemCode> {
  if (error instanceof TableRefusal) return error.problem
  return tableProblem('reader-failed', { reason: error instanceof Error ? error.message : String(error) })
}
