import { isUtf8 } from 'node:buffer'
import { open, readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { done, type Result } from '#contract/failures.ts'
import type { ReadingOptions } from '#contract/import-api.ts'
import type { WordingFileCheck, WordingMapping } from '#contract/wording-file-api.ts'
import { readWholeTable, tableFailure } from '../../imports/whole-table.ts'
import { encodingOfMark } from '../../tables/read/detect-encoding.ts'
import { TableRefusal, tableProblem } from '../../tables/table-problem.ts'
import { wordingsOfDocx, wordingsOfMarkdown } from './document-wordings.ts'
import { readDocx } from './read-docx.ts'
import { guessWordingColumns } from './wording-columns.ts'
import { wordingsOfRow, type FileDefaults, type ReadWording } from './wording-rows.ts'

/** A document of texts is written by people; a larger file is something else. Bytes. */
const MAX_DOCUMENT = 20 * 1024 * 1024
/** Texts that one import adds. */
export const MAX_WORDINGS = 1000

export type ReadWordingFile = Pick<WordingFileCheck, 'format' | 'columns' | 'mapping' | 'left'> & { wordings: ReadWording[] }

/** How to read a file of texts. `mapping`: of a table; null: guessed from its column names. */
export type WordingReading = { reading: ReadingOptions; mapping: WordingMapping | null; defaults: FileDefaults }

const TEXT_ENDINGS = ['.md', '.markdown', '.txt']

/** A text as written in UTF-8, UTF-16 with a mark, or GB18030; null for a binary file. */
function textOf(bytes: Buffer): string | null {
  const text = new TextDecoder(encodingOfMark(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'gb18030')).decode(bytes)
  return text.includes('\0') ? null : text
}

/** Word documents and workbooks are zip files alike; only the name tells them apart before they are opened. */
async function isZip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.toString('hex') === '504b0304'
  } finally {
    await file.close()
  }
}

const limited = (wordings: ReadWording[], rest: Pick<ReadWordingFile, 'format' | 'columns' | 'mapping'>, left = 0): ReadWordingFile => ({
  ...rest,
  wordings: wordings.slice(0, MAX_WORDINGS),
  left: left + Math.max(0, wordings.length - MAX_WORDINGS),
})

/**
 * Reads the texts of a file: a table (XLSX, CSV, TSV, JSON), a Word document, or Markdown and plain text.
 * @param name the name of the file, whose ending says whether it is a document or a table
 */
export async function inspectWordings(path: string, name: string, how: WordingReading, tableWorker: URL): Promise<Result<ReadWordingFile>> {
  const { reading, mapping, defaults } = how
  const ending = extname(name).toLowerCase()
  const isDocument = ending === '.docx' || TEXT_ENDINGS.includes(ending)
  const none = { columns: [], mapping: {} }
  if (isDocument) {
    const { size } = await stat(path)
    if (size > MAX_DOCUMENT) return tableFailure(tableProblem('file-too-large', { limit: MAX_DOCUMENT, size }))
    if (size === 0) return tableFailure(tableProblem('empty-file'))
  }
  if (ending === '.docx' && (await isZip(path))) {
    try {
      return done(limited(wordingsOfDocx(await readDocx(path), defaults), { format: 'docx', ...none }))
    } catch (error) {
      if (error instanceof TableRefusal) return tableFailure(error.problem)
      throw error
    }
  }
  if (isDocument) {
    const text = textOf(await readFile(path))
    if (text === null || (ending === '.docx' && text.trimStart().startsWith('<'))) return tableFailure(tableProblem('binary-file'))
    return done(limited(wordingsOfMarkdown(text, defaults), { format: 'markdown', ...none }))
  }
  const table = await readWholeTable(path, reading, tableWorker, MAX_WORDINGS)
  if (!table.ok) return table
  const { format, columns, rows, left } = table.value
  const used = mapping ?? guessWordingColumns(columns)
  const wordings = rows.flatMap((row) => wordingsOfRow(row, columns, used, defaults))
  return done(limited(wordings, { format, columns, mapping: used }, left))
}
