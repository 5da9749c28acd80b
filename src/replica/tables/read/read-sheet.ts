import { tableProblem, type RowProblemCode, type TableProblem } from '../table-problem.ts'
import { columnOfReference, dateOfSerial, unescapeExcel } from './excel-values.ts'
import type { RawRow } from './raw-row.ts'
import type { MergedColumn } from './merged-cells.ts'
import { MAX_COLUMNS } from './table-limits.ts'
import { walkXml, type XmlListener } from './walk-xml.ts'

/** What cells of a sheet refer to. */
export interface SheetContext {
  readonly sharedStrings: readonly string[]
  /** For each cell style, whether it shows a date. */
  readonly dateStyles: readonly boolean[]
  readonly from1904: boolean
  /** Cells merged downwards, by their first row. */
  readonly merged: readonly MergedColumn[]
}

/**
 * Reads the rows of a sheet. Formulas are never evaluated: a formula has the value that the writing program stored with it;
 * without one, its row is a problem. Refuses: workbook-damaged.
 */
export async function* readSheet(chunks: AsyncIterable<Uint8Array>, context: SheetContext): AsyncGenerator<readonly RawRow[]> {
  const reader = new SheetReader(context)
  for await (const _ of walkXml(chunks, reader)) {
    void _
    yield reader.takeRows()
  }
}

class SheetReader implements XmlListener {
  readonly #context: SheetContext
  #rows: RawRow[] = []

  #mergedSeen = 0
  #open: (MergedColumn & { text: string | null })[] = []

  #line = 0
  #cells: string[] = []
  #problem: TableProblem<RowProblemCode> | null = null
  #cellProblems: TableProblem<RowProblemCode>[] = []

  #column = 0
  #type = 'n'
  #style = 0
  #hasFormula = false
  #value: string | null = null
  #inlineText = ''

  #collects: 'value' | 'inline text' | null = null
  #inReading = false

  constructor(context: SheetContext) {
    this.#context = context
  }

  takeRows(): readonly RawRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'row': {
        const stated = Number(attributes['r'])
        this.#line = Number.isSafeInteger(stated) && stated > this.#line ? stated : this.#line + 1
        this.#cells = []
        this.#problem = null
        this.#cellProblems = []
        this.#column = 0
        break
      }
      case 'c':
        this.#column = columnOfReference(attributes['r'] ?? '') ?? this.#column + 1
        this.#type = attributes['t'] ?? 'n'
        this.#style = Number(attributes['s'] ?? 0)
        this.#hasFormula = false
        this.#value = null
        this.#inlineText = ''
        break
      case 'f':
        this.#hasFormula = true
        break
      case 'v':
        this.#value = ''
        this.#collects = 'value'
        break
      case 'rPh':
        this.#inReading = true
        break
      case 't':
        this.#collects = this.#inReading ? null : 'inline text'
        break
      default:
    }
  }

  text(text: string): void {
    if (this.#collects === 'value') this.#value += text
    else if (this.#collects === 'inline text') this.#inlineText += text
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.#collects = null
        break
      case 'rPh':
        this.#inReading = false
        break
      case 'c':
        this.#finishCell()
        break
      case 'row':
        this.#fillMerged()
        this.#rows.push({
          line: this.#line,
          cells: this.#cells,
          ...(this.#problem === null ? {} : { problem: this.#problem }),
          ...(this.#cellProblems.length === 0 ? {} : { cellProblems: this.#cellProblems }),
        })
        break
      default:
    }
  }

  /** Copies values of merged cells into a row that has cells of its own. */
  #fillMerged(): void {
    const { merged } = this.#context
    for (let next = merged[this.#mergedSeen]; next !== undefined && next.firstRow <= this.#line; next = merged[this.#mergedSeen]) {
      this.#mergedSeen += 1
      if (next.column <= MAX_COLUMNS) this.#open.push({ ...next, text: null })
    }
    this.#open = this.#open.filter(({ lastRow }) => lastRow >= this.#line)
    const isEmpty = this.#cells.every((cell) => cell.trim() === '')
    for (const range of this.#open) {
      if (range.firstRow === this.#line) range.text = this.#cells[range.column - 1] ?? ''
      if (isEmpty || range.text === null || range.text === '' || (this.#cells[range.column - 1] ?? '') !== '') continue
      while (this.#cells.length < range.column) this.#cells.push('')
      this.#cells[range.column - 1] = range.text
    }
  }

  #finishCell(): void {
    const text = this.#textOfCell()
    if (text === '') return
    if (this.#column > MAX_COLUMNS) {
      this.#problem ??= tableProblem('row-too-wide', { limit: MAX_COLUMNS }, this.#line)
      return
    }
    while (this.#cells.length < this.#column - 1) this.#cells.push('')
    this.#cells[this.#column - 1] = text
  }

  #textOfCell(): string {
    const value = this.#value
    if (this.#type === 'inlineStr') return unescapeExcel(this.#inlineText)
    if (value === null || (value === '' && this.#type !== 'str')) {
      if (this.#hasFormula) this.#fault('formula-without-value')
      return ''
    }
    switch (this.#type) {
      case 's':
        return this.#sharedString(value)
      case 'str':
        return unescapeExcel(value)
      case 'b':
        return value.trim() === '1' ? 'TRUE' : 'FALSE'
      case 'd':
        return value.trim()
      case 'e':
        this.#fault('cell-error', { value })
        return value
      default:
        return this.#number(value)
    }
  }

  #sharedString(value: string): string {
    const shared = /^\s*\d+\s*$/u.test(value) ? this.#context.sharedStrings[Number(value)] : undefined
    if (shared === undefined) this.#fault('bad-cell', { value })
    return shared ?? ''
  }

  #number(value: string): string {
    const number = Number(value)
    if (value.trim() === '' || !Number.isFinite(number)) {
      this.#fault('bad-cell', { value })
      return value
    }
    const date = this.#context.dateStyles[this.#style] === true ? dateOfSerial(value.trim(), this.#context.from1904) : null
    // Excel writes 17 digits, so 17.1 may be stored as 17.100000000000001; the shortest text of the same double is what was typed.
    return date ?? String(number)
  }

  #fault(code: RowProblemCode, params: Record<string, string | number> = {}): void {
    if (this.#column <= MAX_COLUMNS) this.#cellProblems.push(tableProblem(code, { column: this.#column, ...params }, this.#line))
  }
}
