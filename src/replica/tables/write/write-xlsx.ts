import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { ZipFile } from 'yazl'
import { tableProblem, type Outcome, type WriteProblemCode } from '../table-problem.ts'
import { nameSheets } from './sheet-names.ts'
import { wallClock, type Cell, type Rows } from './table-cell.ts'
import { MOMENT_FORMAT, momentCell, SHEET_END, sheetPart, sheetStart, textCell, valueCell, workbookParts } from './workbook-xml.ts'
import { reasonOf } from './write-csv.ts'

export interface SheetToWrite {
  /** Converted to a name that Excel accepts, see `nameSheets`. */
  readonly name: string
  readonly header: readonly string[]
  readonly rows: Rows
  /** Rows above the header, such as the zone of the times. */
  readonly above?: readonly (readonly Cell[])[]
  /** The sheet that an import reads if none is named; at most one per workbook. */
  readonly main?: boolean
}

export interface WrittenWorkbook {
  /** Rows of all sheets, headers not counted. */
  readonly rows: number
  /** Cells that were cut, because Excel limits the length of text. */
  readonly cutCells: number
}

/** Limits of Excel itself; it calls a file beyond them damaged. */
export const EXCEL_ROWS = 1_048_576
export const EXCEL_CELL_LENGTH = 32_767

/** A column is as wide as its content within these limits, in characters; longer text wraps within its cell. */
const NARROWEST = 8
const WIDEST = 60
/** Rows that determine the widths, which precede the rows in the file. */
const MEASURED_ROWS = 200
/** Rows that are passed on together; other work runs between them. */
const ROWS_PER_PIECE = 500

/**
 * Writes a workbook. Text is stored in cells of type text and format text, so that it does not become a formula even after editing
 * (ASVS 1.2.10); numbers and moments stay numbers and dates, the latter in local time of their zone. Rows are read as fast as the sink
 * accepts them: a workbook of any length needs the memory of a few hundred rows. Ends the sink.
 * @returns too-many-rows (the file is then incomplete), or write-failed with the system's error code
 */
export async function writeXlsx(sheets: readonly SheetToWrite[], sink: Writable): Promise<Outcome<WrittenWorkbook, WriteProblemCode>> {
  const names = nameSheets(sheets.map(({ name }) => name))
  const tally = { rows: 0, cutCells: 0 }
  const workbook = new ZipFile()
  // Errors from the rows, as opposed to the sink.
  const source: { fault: { readonly error: unknown } | null; stream: Readable | null } = { fault: null, stream: null }
  const stop = new AbortController()
  const giveUp = (error: unknown): void => {
    source.fault ??= { error }
    stop.abort()
  }
  for (const [name, content] of Object.entries(workbookParts(names, mainCell(sheets, names))))
    workbook.addBuffer(Buffer.from(content), name)
  for (const [index, sheet] of sheets.entries()) {
    // Lazy: a sheet's rows are requested only after the previous sheet is written.
    workbook.addReadStreamLazy(sheetPart(index), (begin) => {
      source.stream = Readable.from(sheetXml(sheet, index === 0, tally), { objectMode: false })
      begin(null, source.stream.on('error', giveUp))
    })
  }
  workbook.end()
  try {
    await pipeline(workbook.outputStream, sink, { signal: stop.signal })
  } catch (error) {
    source.stream?.destroy()
    const { fault } = source
    if (fault?.error instanceof TooManyRows) return { ok: false, problem: tableProblem('too-many-rows', { limit: EXCEL_ROWS - 1 }) }
    // Errors from the rows belong to the caller; the file is useless.
    if (fault !== null) throw fault.error
    return { ok: false, problem: tableProblem('write-failed', { reason: reasonOf(error) }) }
  }
  return { ok: true, value: tally }
}

class TooManyRows extends Error {}

/** Where the main table begins, for the defined name in the workbook; null if no sheet is the main one. */
function mainCell(sheets: readonly SheetToWrite[], names: readonly string[]): string | null {
  const index = sheets.findIndex(({ main }) => main === true)
  if (index < 0) return null
  return `'${(names[index] ?? '').replaceAll("'", "''")}'!$A$${(sheets[index]?.above?.length ?? 0) + 1}`
}

/** The part of a sheet, in pieces of several hundred rows. */
async function* sheetXml(sheet: SheetToWrite, isFirst: boolean, tally: { rows: number; cutCells: number }): AsyncGenerator<string> {
  const above = sheet.above ?? []
  const { first, rows } = await measure(sheet)
  let piece = sheetStart(widthsOf([sheet.header, ...first]), above.length + 1, isFirst)
  let line = 0
  for (const cells of above) piece += rowXml((line += 1), cells, 'above', tally)
  for await (const cells of withHeader(sheet.header, rows)) {
    if (line === EXCEL_ROWS) throw new TooManyRows()
    piece += rowXml((line += 1), cells, line === above.length + 1 ? 'header' : 'row', tally)
    if (line % ROWS_PER_PIECE !== 0) continue
    yield piece
    piece = ''
    await setImmediate()
  }
  tally.rows += line - above.length - 1
  yield piece + SHEET_END
}

async function* withHeader(header: readonly string[], rows: Rows): AsyncGenerator<readonly Cell[]> {
  yield header
  yield* rows
}

/** Reads the first rows ahead; `rows` still yields all of them. */
async function measure({ rows }: SheetToWrite): Promise<{ first: (readonly Cell[])[]; rows: Rows }> {
  const source = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]()
  const first: (readonly Cell[])[] = []
  let ended = false
  while (!ended && first.length < MEASURED_ROWS) {
    const next = await source.next()
    if (next.done) ended = true
    else first.push(next.value)
  }
  async function* all() {
    yield* first
    for (let next = ended ? null : await source.next(); next && !next.done; next = await source.next()) yield next.value
  }
  return { first, rows: all() }
}

/** Characters that are as wide as two Latin ones. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/gu

function widthOf(cell: Cell): number {
  if (cell === null) return 0
  if (typeof cell === 'object') return MOMENT_FORMAT.length
  return Math.max(
    ...String(cell)
      .slice(0, 500)
      .split('\n')
      .map((line) => line.length + (line.match(WIDE)?.length ?? 0)),
  )
}

function widthsOf(rows: readonly (readonly Cell[])[]): number[] {
  return (rows[0] ?? []).map((_, column) =>
    Math.min(WIDEST, Math.max(NARROWEST, ...rows.map((cells) => widthOf(cells[column] ?? null))) + 2),
  )
}

/** A row as Excel can hold it: text that is too long is cut and counted; a value that its cell type cannot hold is omitted. */
function rowXml(line: number, cells: readonly Cell[], kind: 'above' | 'header' | 'row', tally: { cutCells: number }): string {
  let row = ''
  for (const [column, content] of cells.entries()) {
    if (content === null || content === '') continue
    if (typeof content === 'string') {
      if (content.length > EXCEL_CELL_LENGTH) tally.cutCells += 1
      // A row above the header is not wrapped, however narrow its column is.
      row += textCell(column, line, content.slice(0, EXCEL_CELL_LENGTH).toWellFormed(), kind === 'above' ? 'line' : kind)
    } else if (typeof content === 'object') {
      const wall = wallClock(content).startOf('second').setZone('utc', { keepLocalTime: true })
      if (wall.isValid) row += momentCell(column, line, wall.toMillis())
    } else if (typeof content === 'boolean' || Number.isFinite(content)) {
      row += valueCell(column, line, content)
    }
  }
  return `<row r="${line}">${row}</row>`
}
