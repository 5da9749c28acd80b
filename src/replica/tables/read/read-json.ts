import { refuse, tableProblem } from '../table-problem.ts'
import { JSON_ROWS_FOR_COLUMNS, MAX_COLUMNS } from './table-limits.ts'
import type { RawRow } from './raw-row.ts'
import { rowOfEntry } from './own-export.ts'
import { splitJson, type JsonPiece } from './split-json.ts'

/**
 * Reads a JSON table (see `splitJson` for the layouts) into rows. The first row is the header: the keys of the first thousand
 * objects in order of appearance. A nested value becomes its JSON text, null and a missing key an empty cell.
 * Refuses, besides what `splitJson` refuses: json-not-a-table, too-many-columns.
 */
export async function* readJson(text: AsyncIterable<string>): AsyncGenerator<readonly RawRow[]> {
  let ahead: ParsedRow[] = []
  let columns: ReadonlyMap<string, number> | null = null
  const begin = (): readonly RawRow[] => {
    columns = learnColumns(ahead)
    const header: RawRow = { line: ahead[0]?.line ?? 1, cells: [...columns.keys()] }
    const rows = ahead.map((row) => makeRow(row, columns ?? new Map()))
    ahead = []
    return [header, ...rows]
  }
  try {
    for await (const pieces of splitJson(text)) {
      const parsed = pieces.flatMap(parsePiece)
      if (columns !== null) {
        yield parsed.map((row) => makeRow(row, columns ?? new Map()))
        continue
      }
      ahead = ahead.concat(parsed)
      if (ahead.length >= JSON_ROWS_FOR_COLUMNS) yield begin()
    }
  } catch (error) {
    // Rows before the fault are valid, if the file is a table at all.
    if (columns === null && ahead.some((row) => row.value !== null)) yield begin()
    throw error
  }
  if (columns === null) yield begin()
}

interface ParsedRow {
  readonly line: number
  readonly value: Readonly<Record<string, unknown>> | null
  readonly fault: 'bad-json-row' | 'json-not-a-row' | null
}

function parsePiece(piece: JsonPiece): ParsedRow[] {
  let value: unknown
  try {
    value = JSON.parse(piece.text, keepLongNumbers)
  } catch {
    return [{ line: piece.line, value: null, fault: 'bad-json-row' }]
  }
  if (!isRecord(value)) return [{ line: piece.line, value: null, fault: 'json-not-a-row' }]
  const row = piece.own ? rowOfEntry(value) : value
  return row ? [{ line: piece.line, value: row, fault: null }] : []
}

/** Keeps the text of post and order numbers, which have more digits than a double. */
function keepLongNumbers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !Number.isInteger(value)) return value
  return context?.source ?? value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function learnColumns(rows: readonly ParsedRow[]): Map<string, number> {
  const columns = new Map<string, number>()
  for (const { value } of rows.slice(0, JSON_ROWS_FOR_COLUMNS)) {
    for (const key of Object.keys(value ?? {})) if (!columns.has(key)) columns.set(key, columns.size)
    if (columns.size > MAX_COLUMNS) refuse('too-many-columns', { limit: MAX_COLUMNS })
  }
  if (columns.size === 0) refuse(rows.some((row) => row.fault === 'bad-json-row') ? 'bad-json' : 'json-not-a-table')
  return columns
}

function makeRow(row: ParsedRow, columns: ReadonlyMap<string, number>): RawRow {
  if (row.fault !== null) return { line: row.line, cells: null, problem: tableProblem(row.fault, {}, row.line) }
  const cells = Array.from({ length: columns.size }, () => '')
  let unexpected: string | null = null
  for (const [key, value] of Object.entries(row.value ?? {})) {
    const index = columns.get(key)
    if (index === undefined) unexpected ??= key
    else cells[index] = textOf(value)
  }
  if (unexpected === null) return { line: row.line, cells }
  return { line: row.line, cells, problem: tableProblem('json-unexpected-key', { key: unexpected }, row.line) }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
