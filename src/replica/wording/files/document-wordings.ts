import { fromMarkdown } from '#domain/wording/wording-markdown.ts'
import type { WordingPlace } from '#domain/wording/wording.ts'
import { guessWordingColumns } from './wording-columns.ts'
import { readWording, titleFrom, wordingsOfRow, type FileDefaults, type ReadWording } from './wording-rows.ts'
import type { DocxPart } from './read-docx.ts'

const placeFor = ({ kind, language }: FileDefaults, scenario = ''): WordingPlace => ({
  kind,
  statement: null,
  scenario,
  emotion: null,
  language,
  preparedFor: '',
})

/** A text from its Markdown; the first line is the title of one without a heading. */
function wordingOf(number: number, markdown: string, defaults: FileDefaults): ReadWording | null {
  if (markdown.trim() === '') return null
  const read = fromMarkdown(markdown)
  if (!read.ok) {
    const title = /^# +(.*)$/mu.exec(markdown)?.[1] ?? markdown.trim().split('\n')[0] ?? ''
    return { line: number, title: title.slice(0, 80), words: [], ok: false, problem: 'too-long', detail: read.detail.slice(0, 200) }
  }
  const { content } = read
  return readWording(number, placeFor(defaults), content.title === '' ? { ...content, title: titleFrom(content) } : content)
}

/** The texts of a Markdown or plain text file: each heading of the first level begins one. */
export function wordingsOfMarkdown(text: string, defaults: FileDefaults): ReadWording[] {
  const pieces = text
    .replace(/^\ufeff/u, '')
    .replaceAll(/\r\n?/gu, '\n')
    .split(/^(?=# )/mu)
  return pieces.filter((piece) => piece.trim() !== '').flatMap((piece, index) => wordingOf(index + 1, piece, defaults) ?? [])
}

/** A paragraph as Markdown: text that looks like a marker of headings or quotes stays text, the markers of parts are read. */
const asParagraph = (text: string) => text.replaceAll(/^(?=[#>\\])/gmu, '\\').replaceAll(/\n{2,}/gu, '\n')

/** Whether a table holds texts itself: a script matrix, a list of questions, or a list of texts. */
function isWordingTable(rows: readonly string[][]): boolean {
  const fields = new Set(Object.values(guessWordingColumns(unique(rows[0] ?? []))))
  const says = ['text', 'core', 'answer', 'angry', 'disappointed', 'suspicious', 'calm', 'empathy', 'commitment'] as const
  return rows.length > 1 && fields.size > 1 && says.some((field) => fields.has(field))
}

/** Column names that differ from each other, as the mapping is by name. */
function unique(names: readonly string[]): string[] {
  return names.map((name, index) => (names.indexOf(name) === index ? name : `${name} ${index + 1}`))
}

/**
 * The texts of a Word document: each heading of the highest level in use begins one, unless there is only one heading; tables with
 * known columns hold texts of their own, others become lines of the text around them.
 */
export function wordingsOfDocx(parts: readonly DocxPart[], defaults: FileDefaults): ReadWording[] {
  const levels = parts.flatMap((part) => ('level' in part && part.level > 0 ? [part.level] : []))
  const top = Math.min(...levels)
  const found: ReadWording[] = []
  let lines: string[] = []
  const end = () => {
    const wording = wordingOf(found.length + 1, lines.join('\n\n'), defaults)
    // A heading with nothing below it stands above a table.
    if (wording && !(wording.ok === false && wording.problem === 'nothing')) found.push(wording)
    lines = []
  }
  for (const part of parts) {
    if ('level' in part) {
      if (part.level === top) end()
      const heading = part.text.replaceAll('\n', ' ')
      lines.push(part.level === 0 ? asParagraph(part.text) : part.level === top ? `# ${heading}` : `## ${heading}`)
    } else if (isWordingTable(part.rows)) {
      const [header = [], ...rows] = part.rows
      const columns = unique(header)
      const mapping = guessWordingColumns(columns)
      for (const cells of rows)
        for (const wording of wordingsOfRow({ line: 0, cells }, columns, mapping, defaults))
          found.push({ ...wording, line: found.length + 1 })
    } else lines.push(...part.rows.map((cells) => asParagraph(cells.filter(Boolean).join(' | '))).filter(Boolean))
  }
  end()
  return found
}
