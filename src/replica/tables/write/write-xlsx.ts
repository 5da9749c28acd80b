import { setImmediate } from 'node:timers/promises'
import { finished } from 'node:stream/promises'
import type { Writable } from 'node:stream'
import ExcelJS from 'exceljs'
import { escapeExcel } from '../read/excel-values.ts'
import { tableProblem, type Outcome, type WriteProblemCode } from '../table-problem.ts'
import { nameSheets } from './sheet-names.ts'
import { wallClock, type Cell, type Rows } from './table-cell.ts'
import { reasonOf } from './write-csv.ts'

export interface SheetToWrite {
  /** Made fit for Excel where it is not: see `nameSheets`. */
  readonly name: string
  readonly header: readonly string[]
  readonly rows: Rows
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
const COLUMN_WIDTH = 20
/** Rows after which other work gets its turn. */
const ROWS_PER_TURN = 500

/**
 * Writes a workbook. Text goes into cells of type text and format text, so that it is no formula now nor after somebody edits it (ASVS 1.2.10)
 * numbers and moments stay numbers and dates, the latter on the clock of their zone. Ends the sink.
 * @returns too-many-rows (the file is then incomplete), or write-failed with the system's error code
 */
export async function writeXlsx(
  sheets: readonly SheetToWrite[],
  sink: Writable,
): Promise<Outcome<WrittenWorkbook, WriteProblemCode>> {
  const sinkDone = finished(sink).then(
    () => null,
    (error: unknown) => ({ reason: reasonOf(error) }),
  )
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: sink, useStyles: true, useSharedStrings: false })
  const names = nameSheets(sheets.map(({ name }) => name))
  const tally = { rows: 0, cutCells: 0 }
  const write = async (): Promise<'written' | 'too many rows'> => {
    for (const [index, sheet] of sheets.entries()) {
      const worksheet = workbook.addWorksheet(names[index] ?? '', { views: [{ state: 'frozen', ySplit: 1 }] })
      worksheet.columns = sheet.header.map(() => ({ width: COLUMN_WIDTH }))
      let written = 0
      for await (const cells of withHeader(sheet)) {
        if (written === EXCEL_ROWS) return 'too many rows'
        addRow(worksheet, cells, written === 0, tally)
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

async function* withHeader(sheet: SheetToWrite): AsyncGenerator<readonly Cell[]> {
  yield sheet.header
  yield* sheet.rows
}

function addRow(worksheet: ExcelJS.Worksheet, cells: readonly Cell[], isHeader: boolean, tally: { cutCells: number }): void {
  const row = worksheet.addRow([])
  for (const [index, content] of cells.entries()) {
    if (content === null || content === '' || (typeof content === 'number' && !Number.isFinite(content))) continue
    const cell = row.getCell(index + 1)
    if (typeof content === 'string') {
      if (content.length > EXCEL_CELL_LENGTH) tally.cutCells += 1
      // Styled text is the only kind that exceljs keeps blanks of without holding all texts in memory.
      cell.value = { richText: [{ text: escapeExcel(content.slice(0, EXCEL_CELL_LENGTH).toWellFormed()) }] }
      cell.numFmt = TEXT_FORMAT
      if (isHeader) cell.font = { bold: true }
    } else if (typeof content === 'object') {
      const wall = wallClock(content).setZone('utc', { keepLocalTime: true })
      cell.value = wall.isValid ? wall.toJSDate() : null
      cell.numFmt = MOMENT_FORMAT
    } else {
      cell.value = content
    }
  }
  row.commit()
}
