import { setImmediate } from 'node:timers/promises'
import { finished } from 'node:stream/promises'
import type { Writable } from 'node:stream'
import type ExcelJS from 'exceljs'
import { escapeExcel } from '../read/excel-values.ts'
import { tableProblem, type Outcome, type WriteProblemCode } from '../table-problem.ts'
import { MAIN_SHEET_NAME } from '../main-sheet.ts'
import { nameSheets } from './sheet-names.ts'
import { wallClock, type Cell, type Rows } from './table-cell.ts'
import { reasonOf } from './write-csv.ts'

export interface SheetToWrite {
  /** Made fit for Excel where it is not: see `nameSheets`. */
  readonly name: string
  readonly header: readonly string[]
  readonly rows: Rows
  /** Rows above the header, such as whose clock the times are on. */
  readonly above?: readonly (readonly Cell[])[]
  /** The sheet that an import takes where none is named; of one workbook at most one. */
  readonly main?: boolean
}

export interface WrittenWorkbook {
  /** Rows of all sheets, headers not counted. */
  readonly rows: number
  /** Cells of which the end is missing, as Excel holds no longer text. */
  readonly cutCells: number
}

/** Bounds of Excel itself; a file beyond them is called damaged. */
export const EXCEL_ROWS = 1_048_576
export const EXCEL_CELL_LENGTH = 32_767

const TEXT_FORMAT = '@'
const MOMENT_FORMAT = 'yyyy-mm-dd hh:mm:ss'
/** A column is as wide as its content within these, in characters; what is longer goes on in the next line of its cell. */
const NARROWEST = 8
const WIDEST = 60
/** Rows by which the widths are told: they stand before the rows in the file. */
const MEASURED_ROWS = 200
/** Rows after which other work gets its turn. */
const ROWS_PER_TURN = 500

/**
 * Writes a workbook. Text goes into cells of type text and format text, so that it is no formula now nor after somebody edits it (ASVS 1.2.10)
 * numbers and moments stay numbers and dates, the latter on the clock of their zone. Ends the sink.
 * @returns too-many-rows (the file is then incomplete), or write-failed with the system's error code
 */
export async function writeXlsx(sheets: readonly SheetToWrite[], sink: Writable): Promise<Outcome<WrittenWorkbook, WriteProblemCode>> {
  const sinkDone = finished(sink).then(
    () => null,
    (error: unknown) => ({ reason: reasonOf(error) }),
  )
  // A fifth of the time that the app takes to start, for what few starts need.
  const { default: excel } = await import('exceljs')
  const workbook = new excel.stream.xlsx.WorkbookWriter({ stream: sink, useStyles: true, useSharedStrings: false })
  const names = nameSheets(sheets.map(({ name }) => name))
  const tally = { rows: 0, cutCells: 0 }
  const write = async (): Promise<'written' | 'too many rows'> => {
    for (const [index, sheet] of sheets.entries()) {
      const above = sheet.above ?? []
      const worksheet = workbook.addWorksheet(names[index] ?? '', { views: [{ state: 'frozen', ySplit: above.length + 1 }] })
      if (sheet.main) workbook.definedNames.add(`'${(names[index] ?? '').replaceAll("'", "''")}'!$A$${above.length + 1}`, MAIN_SHEET_NAME)
      const { first, rows } = await measure(sheet)
      worksheet.columns = widthsOf([sheet.header, ...first]).map((width) => ({ width }))
      let written = 0
      for (const cells of above) addRow(worksheet, cells, 'above', tally)
      for await (const cells of withHeader(sheet.header, rows)) {
        if (written + above.length === EXCEL_ROWS) return 'too many rows'
        addRow(worksheet, cells, written === 0 ? 'header' : 'row', tally)
        written += 1
        if (written % ROWS_PER_TURN === 0) {
          if (sink.destroyed) return 'written'
          await setImmediate()
        }
      }
      tally.rows += written - 1
      worksheet.commit()
    }
    await workbook.commit()
    return 'written'
  }

  let outcome: Awaited<ReturnType<typeof write> | typeof sinkDone>
  try {
    outcome = await Promise.race([write(), sinkDone])
  } catch (error) {
    // What goes wrong in the rows is the caller's own matter; the file is of no use.
    sink.destroy()
    throw error
  }
  if (outcome === 'too many rows') {
    sink.destroy()
    return { ok: false, problem: tableProblem('too-many-rows', { limit: EXCEL_ROWS - 1 }) }
  }
  const failure = await sinkDone
  if (failure !== null) return { ok: false, problem: tableProblem('write-failed', failure) }
  return { ok: true, value: tally }
}

async function* withHeader(header: readonly string[], rows: Rows): AsyncGenerator<readonly Cell[]> {
  yield header
  yield* rows
}

/** Takes the first rows out to look at them; `rows` gives them all, as if nobody had looked. */
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

/** Signs that take the room of two Latin ones. */
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

function addRow(worksheet: ExcelJS.Worksheet, cells: readonly Cell[], kind: 'above' | 'header' | 'row', tally: { cutCells: number }): void {
  const row = worksheet.addRow([])
  for (const [index, content] of cells.entries()) {
    if (content === null || content === '' || (typeof content === 'number' && !Number.isFinite(content))) continue
    const cell = row.getCell(index + 1)
    if (typeof content === 'string') {
      if (content.length > EXCEL_CELL_LENGTH) tally.cutCells += 1
      // Styled text is the only kind that exceljs keeps blanks of without holding all texts in memory.
      cell.value = { richText: [{ text: escapeExcel(content.slice(0, EXCEL_CELL_LENGTH).toWellFormed()) }] }
      cell.numFmt = TEXT_FORMAT
      if (kind === 'header') cell.font = { bold: true }
      // A line above the header is one line, however narrow its column.
      if (kind !== 'above') cell.alignment = { wrapText: true, vertical: 'top' }
    } else if (typeof content === 'object') {
      const wall = wallClock(content).startOf('second').setZone('utc', { keepLocalTime: true })
      cell.value = wall.isValid ? wall.toJSDate() : null
      cell.numFmt = MOMENT_FORMAT
      cell.alignment = { vertical: 'top' }
    } else {
      cell.value = content
      cell.alignment = { vertical: 'top' }
    }
  }
  row.commit()
}
