import { openArchive } from '../../tables/read/open-archive.ts'
import { openFile } from '../../tables/read/open-file.ts'
import { attributeOf, readXml } from '../../tables/read/walk-xml.ts'
import { refuse } from '../../tables/table-problem.ts'

/** A paragraph of a Word document; `level`: 1 to 9 for a heading, 0 for body text. Or a table, as rows of cells. */
export type DocxPart = { level: number; text: string } | { rows: string[][] }

/** A document is written by people; a longer one is something else. Characters. */
const MAX_TEXT = 2_000_000

const DOCUMENT = 'word/document.xml'

/**
 * Reads the paragraphs and tables of a Word document in order. Deleted text of tracked changes, comments, headers and footnotes are
 * not read. Nested tables become lines of their cell.
 * @throws TableRefusal as `openArchive`; `workbook-damaged` for a zip file that is no Word document
 */
export async function readDocx(path: string): Promise<DocxPart[]> {
  const file = await openFile(path)
  try {
    const archive = await openArchive(file)
    if (!archive.has(DOCUMENT)) refuse('workbook-damaged')
    const headings = new Map<string, number>()
    if (archive.has('word/styles.xml')) await readXml(archive.read('word/styles.xml'), styleListener(headings))
    const parts: DocxPart[] = []
    await readXml(archive.read(DOCUMENT), documentListener(parts, headings))
    return parts
  } finally {
    await file.handle.close()
  }
}

/** Collects which styles are headings: by their outline level, or by name in documents of other programs. */
function styleListener(headings: Map<string, number>) {
  let style = ''
  return {
    open(name: string, attributes: Readonly<Record<string, string>>) {
      if (name === 'style') style = attributeOf(attributes, 'styleId') ?? ''
      const value = attributeOf(attributes, 'val') ?? ''
      if (name === 'name') {
        const level = /^(?:heading|标题) ?([1-9])$/iu.exec(value)?.[1] ?? (/^(?:title|标题)$/iu.test(value) ? '1' : undefined)
        if (level) headings.set(style, Number(level))
      }
      if (name === 'outlineLvl' && /^[0-8]$/u.test(value)) headings.set(style, Number(value) + 1)
    },
  }
}

function documentListener(parts: DocxPart[], headings: ReadonlyMap<string, number>) {
  let total = 0
  let paragraph = ''
  let level = 0
  let reading = false
  /** Depth of tables; the rows of the outermost one, and the cell that is open. */
  let tables = 0
  let rows: string[][] = []
  let cell: string[] = []
  const add = (text: string) => {
    total += text.length
    if (total > MAX_TEXT) refuse('archive-too-large', { limit: MAX_TEXT })
    paragraph += text
  }
  function endParagraph(): void {
    const text = paragraph.trim()
    if (text !== '' && tables > 0) cell.push(text)
    else if (text !== '') parts.push({ level, text })
  }
  return {
    open(name: string, attributes: Readonly<Record<string, string>>) {
      const value = attributeOf(attributes, 'val') ?? ''
      if (name === 'p') {
        paragraph = ''
        level = 0
      } else if (name === 'pStyle') level = headings.get(value) ?? level
      else if (name === 'outlineLvl' && /^[0-8]$/u.test(value)) level = Number(value) + 1
      else if (name === 't') reading = true
      else if (name === 'br' || name === 'cr') add('\n')
      else if (name === 'tab') add('\t')
      else if (name === 'noBreakHyphen') add('-')
      else if (name === 'tbl' && (tables += 1) === 1) rows = []
      else if (name === 'tr' && tables === 1) rows.push([])
      else if (name === 'tc' && tables === 1) cell = []
    },
    text(text: string) {
      if (reading) add(text)
    },
    close(name: string) {
      if (name === 't') reading = false
      else if (name === 'p') {
        endParagraph()
        paragraph = ''
      } else if (name === 'tc' && tables === 1) rows.at(-1)?.push(cell.join('\n'))
      else if (name === 'tbl' && (tables -= 1) === 0) parts.push({ rows })
    },
  }
}
