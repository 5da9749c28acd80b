/**
 * Everything that can be wrong with a foreign table, as a closed list: the screen has one sentence per code and language.
 * Codes about a file end the reading; codes about a row leave the other rows alone.
 */
export const fileProblemCodes = [
  'archive-damaged',
  'archive-suspicious',
  'archive-too-compressed',
  'archive-too-large',
  'archive-too-many-entries',
  'bad-json',
  'binary-file',
  'cancelled',
  'empty-file',
  'file-missing',
  'file-too-large',
  'file-unreadable',
  'json-not-a-table',
  'json-too-deep',
  'markup-file',
  'no-such-sheet',
  'not-a-file',
  'not-a-workbook',
  'old-excel',
  'password-protected',
  'quote-not-closed',
  'reader-failed',
  'row-too-long',
  'took-too-long',
  'too-many-columns',
  'too-many-rows',
  'too-much-memory',
  'unknown-encoding',
  'workbook-damaged',
] as const

export const rowProblemCodes = [
  'bad-cell',
  'bad-json-row',
  'cell-error',
  'cell-too-long',
  'damaged-text',
  'formula-without-value',
  'json-not-a-row',
  'json-unexpected-key',
  'ragged-row',
  'row-too-wide',
  'stray-nul',
] as const

export const valueProblemCodes = [
  'date-out-of-range',
  'date-without-year',
  'not-a-date',
  'not-a-number',
  'time-ambiguous',
  'time-does-not-exist',
  'unknown-zone',
  'weekday-differs',
] as const

export const writeProblemCodes = ['too-many-rows', 'write-failed'] as const

export type FileProblemCode = (typeof fileProblemCodes)[number]
export type RowProblemCode = (typeof rowProblemCodes)[number]
export type ValueProblemCode = (typeof valueProblemCodes)[number]
export type WriteProblemCode = (typeof writeProblemCodes)[number]
export type TableProblemCode = FileProblemCode | RowProblemCode | ValueProblemCode | WriteProblemCode

/** What is wrong, and where: `line` is the line of the text file or the row of the sheet, null for the file as a whole. */
export interface TableProblem<Code extends TableProblemCode = TableProblemCode> {
  readonly line: number | null
  readonly code: Code
  /** Values for the sentence: names, counts, limits. Text from the file is cut to 80 characters. */
  readonly params: Readonly<Record<string, string | number>>
}

export type Outcome<Value, Code extends TableProblemCode = TableProblemCode> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: TableProblem<Code> }

/** Makes a problem; long text in `params` is cut so that a hostile cell cannot fill a screen or a log. */
export function tableProblem<Code extends TableProblemCode>(
  code: Code,
  params: Record<string, string | number> = {},
  line: number | null = null,
): TableProblem<Code> {
  const short: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(params)) {
    short[name] = typeof value === 'string' && value.length > 80 ? `${value.slice(0, 79).toWellFormed()}…` : value
  }
  return { line, code, params: short }
}

/**
 * Carries a file problem out of nested parsers and stream callbacks, which cannot return it. It never leaves this folder:
 * `openTable` and its batches convert it to a value.
 */
export class TableRefusal extends Error {
  readonly problem: TableProblem<FileProblemCode>

  constructor(problem: TableProblem<FileProblemCode>) {
    super(problem.code)
    this.problem = problem
  }
}

/** Refuses the file; see `tableProblem` for the arguments. */
export function refuse(code: FileProblemCode, params: Record<string, string | number> = {}, line: number | null = null): never {
  throw new TableRefusal(tableProblem(code, params, line))
}
