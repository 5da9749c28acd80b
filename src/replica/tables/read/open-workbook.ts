import { refuse } from '../table-problem.ts'
import { openArchive } from './open-archive.ts'
import type { OpenFile } from './open-file.ts'
import type { RowSource } from './raw-row.ts'
import { readSheet } from './read-sheet.ts'
import { readDateStyles, readSharedStrings, readWorkbookParts } from './workbook-parts.ts'

export interface OpenWorkbook {
  readonly sheets: readonly string[]
  readonly sheet: string
  readonly source: RowSource
}

/**
 * Opens one sheet of an .xlsx workbook. Only the parts that sheet needs are ever inflated.
 *
 * exceljs writes our workbooks but does not read others': its streaming reader returns the reading instead of the word where a text carries
 * phonetic help, only the last run of styled inline text, decodes `&lt;` twice, and goes by the local file headers, so that the
 * directory checked here would not be the content it reads.
 *
 * Refuses: what `openArchive` refuses, not-a-workbook, workbook-damaged, no-such-sheet.
 * @param wanted name of a sheet; without it, the first that is not hidden
 */
export async function openWorkbook(file: OpenFile, wanted: string | undefined): Promise<OpenWorkbook> {
  const archive = await openArchive(file)
  const workbook = await readWorkbookParts(archive)
  const sheet =
    wanted === undefined
      ? (workbook.sheets.find((candidate) => !candidate.hidden) ?? workbook.sheets[0])
      : workbook.sheets.find((candidate) => candidate.name === wanted)
  if (sheet === undefined) return refuse('no-such-sheet', { sheet: wanted ?? '' })

  const { part } = sheet
  let bytesRead = 0
  async function* readCounted() {
    for await (const chunk of archive.read(part)) {
      bytesRead += chunk.length
      yield chunk
    }
  }
  async function* rows() {
    yield* readSheet(readCounted(), {
      dateStyles: workbook.stylesPart === null ? [] : await readDateStyles(archive, workbook.stylesPart),
      sharedStrings: workbook.sharedStringsPart === null ? [] : await readSharedStrings(archive, workbook.sharedStringsPart),
      from1904: workbook.from1904,
    })
  }
  return {
    sheets: workbook.sheets.map(({ name }) => name),
    sheet: sheet.name,
    source: {
      countsCells: false,
      rows,
      bytesRead: () => bytesRead,
      bytesTotal: archive.sizeOf(part),
      damaged: () => false,
    },
  }
}
