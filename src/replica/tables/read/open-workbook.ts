import { refuse } from '../table-problem.ts'
import { readMerged } from './merged-cells.ts'
import { openArchive, type Archive } from './open-archive.ts'
import type { OpenFile } from './open-file.ts'
import type { RowSource } from './raw-row.ts'
import { readSheet } from './read-sheet.ts'
import { readDateStyles, readSharedStrings, readWorkbookParts, type Sheet, type Workbook } from './workbook-parts.ts'

export interface OpenWorkbook {
  readonly sheets: readonly string[]
  readonly sheet: string
  readonly from1904: boolean
  readonly source: RowSource
}

/**
 * Opens one sheet of an .xlsx workbook. Inflates only the parts that the sheet needs.
 * No library is used: some return the phonetic reading instead of the text, or only the last run of styled text; some decode
 * `&lt;` twice, or follow the local file headers, so that they would not read what the directory check here covers.
 *
 * Refuses: what `openArchive` refuses, not-a-workbook, workbook-damaged, no-such-sheet.
 * @param wanted name of a sheet; without it, the main sheet of our own workbooks, else the first that is neither hidden nor blank
 */
export async function openWorkbook(file: OpenFile, wanted: string | undefined): Promise<OpenWorkbook> {
  const archive = await openArchive(file)
  const workbook = await readWorkbookParts(archive)
  const sheet =
    wanted === undefined ? await firstWithContent(archive, workbook) : workbook.sheets.find((candidate) => candidate.name === wanted)
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
      merged: await readMerged(archive.look(part)),
    })
  }
  return {
    sheets: workbook.sheets.map(({ name }) => name),
    sheet: sheet.name,
    from1904: workbook.from1904,
    source: {
      rows,
      bytesRead: () => bytesRead,
      bytesTotal: archive.sizeOf(part),
      damaged: () => false,
    },
  }
}

/** The main sheet, else the first visible one with content (a cover page is often blank), else the first visible one. */
async function firstWithContent(archive: Archive, workbook: Workbook): Promise<Sheet | undefined> {
  const visible = workbook.sheets.filter((sheet) => !sheet.hidden)
  const main = visible.find((sheet) => sheet.name === workbook.main)
  if (main) return main
  if (visible.length < 2) return visible[0] ?? workbook.sheets[0]
  for (const sheet of visible) if (await hasContent(archive.look(sheet.part))) return sheet
  return visible[0]
}

/** Whether a cell of a sheet contains a value or a text. */
async function hasContent(chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  let carry = ''
  for await (const chunk of chunks) {
    const text = carry + Buffer.from(chunk).toString('latin1')
    if (/<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>[^<]/u.test(text)) return true
    carry = text.slice(-200)
  }
  return false
}
