import { refuse, TableRefusal, tableProblem, type FileProblemCode, type Outcome, type TableProblem } from '../table-problem.ts'
import { checkRow, isEmptyRow } from './check-row.ts'
import { nameColumns } from './column-names.ts'
import { decodeText } from './decode-text.ts'
import { detectDelimiter } from './detect-delimiter.ts'
import { detectEncoding } from './detect-encoding.ts'
import { openFile, type OpenFile } from './open-file.ts'
import { openWorkbook } from './open-workbook.ts'
import type { RawRow, RowSource } from './raw-row.ts'
import { readDelimited } from './read-delimited.ts'
import { readJson } from './read-json.ts'
import { sniffFormat } from './sniff-format.ts'
import {
  MAX_BATCH_LENGTH,
  MAX_BATCH_ROWS,
  MAX_COLUMNS,
  MAX_ROWS,
  MAX_TEXT_FILE_BYTES,
  MAX_WORKBOOK_FILE_BYTES,
} from './table-limits.ts'
import type { TableBatch, TableFormat, TableHead, TableOptions, TableRow } from './table-shape.ts'

/** A table of which the header has been read. */
export interface OpenTable {
  readonly head: TableHead
  /** The rows after the header, once. Ends early with `stopped` in the last batch when the file turns out bad; never throws for that. */
  batches(): AsyncGenerator<TableBatch>
  close(): Promise<void>
}

/**
 * Opens a table in this thread. Code outside the worker calls `readTable` or `inspectTable` instead, which keep a hostile file away from the app.
 * @param maxRows rows after which reading stops with `too-many-rows`; lower in tests only
 */
export async function openTable(
  path: string,
  options: TableOptions,
  maxRows = MAX_ROWS,
): Promise<Outcome<OpenTable, FileProblemCode>> {
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

type Description = Omit<TableHead, 'columns'> & { readonly source: RowSource }

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
  const delimiter = format === 'json' ? null : detectDelimiter(await firstText(decodeText(file, encoding)), format === 'tsv')
  const rows = () =>
    delimiter === null ? readJson(text) : readDelimited(text, delimiter, options.ours ?? true)
  return {
    format: nameOfFormat(format, delimiter),
    encoding,
    delimiter,
    sheets: [],
    sheet: null,
    size: file.size,
    source: {
      countsCells: delimiter !== null,
      rows,
      bytesRead: text.bytesRead,
      bytesTotal: file.size,
      damaged: text.damaged,
    },
  }
}

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
  const headerRow = description.format === 'json' ? 1 : (options.headerRow ?? 1)
  let pending: readonly RawRow[] = []
  let columns: string[] | null = null
  for (let passed = 0; columns === null; ) {
    const group = await groups.next()
    if (group.done === true) return refuse('empty-file')
    const filled = group.value.filter((row) => !isEmptyRow(row))
    const header = filled[Math.max(headerRow, 1) - 1 - passed]
    passed += filled.length
    if (header === undefined) continue
    const cells = withoutEmptyEnd(header.cells ?? [])
    if (cells.length > MAX_COLUMNS) refuse('too-many-columns', { limit: MAX_COLUMNS })
    columns = nameColumns(headerRow === 0 ? cells.map(() => '') : cells)
    pending = filled.slice(filled.indexOf(header) + (headerRow === 0 ? 0 : 1))
  }
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
          const row = checkRow(raw, { columns: width, countsCells: source.countsCells, damaged: source.damaged() })
          rows.push(row)
          length += row.cells?.reduce((sum, cell) => sum + cell.length, 0) ?? 0
          if (rows.length >= MAX_BATCH_ROWS || length >= MAX_BATCH_LENGTH) yield hand()
        }
      }
      yield hand()
    } catch (error) {
      yield hand(problemOf(error))
    } finally {
      await groups.return?.()
    }
  }

  return { head: { ...description, columns }, batches }
}

function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1)
}

/** The problem that ended the reading; an error nobody foresaw is one too, under its own code. */
function problemOf(error: unknown): TableProblem<FileProblemCode> {
  if (error instanceof TableRefusal) return error.problem
  return tableProblem('reader-failed', { reason: error instanceof Error ? error.message : String(error) })
}
