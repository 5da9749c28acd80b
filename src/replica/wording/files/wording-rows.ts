import {
  AUDIENCES,
  WORDING_CHANNELS,
  CONTENT_LIMITS,
  isEmptyContent,
  WordingContent,
  type Block,
  type Objection,
} from '#domain/wording/content.ts'
import { fromMarkdown } from '#domain/wording/wording-markdown.ts'
import { EMOTION_WORDS, KIND_WORDS, LANGUAGE_WORDS, namedBy, STATEMENT_WORDS, wordFor, type Words } from '#domain/wording/wording-words.ts'
import { EMOTIONS, WordingPlace, type Emotion } from '#domain/wording/wording.ts'
import type { UnknownWord, WordingColumn, WordingMapping, WordingRowProblem } from '#contract/wording-file-api.ts'
import type { TableRow } from '../../tables/read/table-shape.ts'

/** A text of a file, or why it is none. `words`: cells whose word is not known; the default is used in their place. */
export type ReadWording = { line: number; title: string; words: UnknownWord[] } & (
  { ok: true; place: WordingPlace; content: WordingContent } | { ok: false; problem: WordingRowProblem; detail: string }
)

/** What holds for texts whose file does not say. */
export type FileDefaults = Pick<WordingPlace, 'kind' | 'language'>

type Cells = (field: WordingColumn) => string[]

const isField = <Name extends string>(names: readonly Name[], field: string): field is Name => names.some((name) => name === field)
const clean = (text: string) => text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').trim()

const EMPTY = { text: '', action: '', owner: '', deadline: '' }
type Parts = Pick<WordingContent, 'blocks' | 'objections' | 'variants'>

/** The parts that a cell holds: marked ones as in Markdown files, and paragraphs. A cell has no title and no core message. */
function partsOf(text: string): Parts | null {
  const read = fromMarkdown(text.replaceAll(/^(?=>|#(?: |$))/gmu, '\\'))
  return read.ok ? read.content : null
}

const ASKS = /^(?:问|q|客户|用户|customer)\s*[:：]\s*/iu
const ANSWERS = /^(?:答|a|坐席|客服|agent|answer)\s*[:：]\s*/iu

/** Objections in one cell: marked as in Markdown files, or as 问：… 答：… */
function objectionsOf(text: string): Omit<Objection, 'id'>[] {
  const lines = clean(text).split('\n')
  const marked = lines.map((line) => line.replace(ASKS, '? ').replace(ANSWERS, '= ')).join('\n')
  const found = /^\? /mu.test(marked) ? partsOf(marked.replaceAll(/\n+(?== )/gu, '\n')) : null
  // What stands beside the objections would be lost.
  const isWhole = found && found.objections.length > 0 && found.blocks.length + found.variants.length === 0
  return isWhole ? found.objections : [{ ask: clean(text), answer: '' }]
}

function blocksOf(cells: Cells): Omit<Block, 'id'>[] {
  const own = (['empathy', 'reassurance', 'commitment'] as const).flatMap((kind) => {
    const text = clean(cells(kind).join('\n'))
    const promise = kind === 'commitment' ? { action: '', owner: '', deadline: '' } : null
    if (promise) for (const name of ['action', 'owner', 'deadline'] as const) promise[name] = clean(cells(name)[0] ?? '')
    return text === '' && !Object.values(promise ?? {}).some(Boolean) ? [] : [{ ...EMPTY, kind, text, ...promise }]
  })
  return own
}

function contentOf(cells: Cells, title: string): WordingContent | null {
  const text = clean(cells('text').join('\n\n'))
  const parts = text === '' ? { blocks: [], objections: [], variants: [] } : partsOf(text)
  const written = clean(cells('variants').join('\n\n'))
  const byReader = written === '' ? { blocks: [], objections: [], variants: [] } : partsOf(written)
  if (!parts || !byReader) return null
  // Without a mark a text is for everybody.
  const forAll = byReader.blocks.flatMap(({ kind, text: own }) => (kind === 'text' ? [{ audience: null, channel: null, text: own }] : []))
  const answers = cells('response')
  const objections = cells('objection').flatMap((cell, index) => {
    if (clean(cell) === '') return []
    const answer = clean(answers[index] ?? '')
    return answer === '' ? objectionsOf(cell) : [{ ask: clean(cell), answer }]
  })
  const answer = clean(cells('answer').join('\n'))
  const core = clean(cells('core')[0] ?? '')
  // A short answer is the message itself.
  const isCore = core === '' && answer !== '' && answer.length <= CONTENT_LIMITS.core
  const forOne = [...AUDIENCES, ...WORDING_CHANNELS].flatMap((name) => {
    const own = clean(cells(name).join('\n'))
    if (own === '') return []
    return [{ audience: isField(AUDIENCES, name) ? name : null, channel: isField(WORDING_CHANNELS, name) ? name : null, text: own }]
  })
  const blocks = [
    ...blocksOf(cells),
    ...(answer !== '' && !isCore ? [{ ...EMPTY, kind: 'text' as const, text: answer }] : []),
    ...parts.blocks,
    ...byReader.blocks.filter(({ kind }) => kind !== 'text'),
  ]
  const numbered = <Part extends object>(letter: string, list: readonly Part[]) =>
    list.map((part, index) => ({ ...part, id: `${letter}${index + 1}` }))
  return {
    title,
    core: isCore ? answer : core,
    blocks: numbered('b', blocks),
    objections: numbered('o', [...objections, ...parts.objections, ...byReader.objections]),
    variants: numbered('v', [...forOne, ...parts.variants, ...forAll, ...byReader.variants]),
  }
}

function placeOf(cells: Cells, defaults: FileDefaults): { place: WordingPlace; words: UnknownWord[] } {
  const words: UnknownWord[] = []
  const read = <Name extends string>(field: UnknownWord['field'], known: Words<Name>): Name | null => {
    const text = clean(cells(field)[0] ?? '')
    if (text === '') return null
    const name = namedBy(known, text)
    if (name === undefined) words.push({ field, text: text.slice(0, 80) })
    return name ?? null
  }
  const isQuestion = cells('question').some((one) => clean(one) !== '')
  const statement = read('statement', STATEMENT_WORDS)
  const kind = read('kind', KIND_WORDS) ?? (statement ? 'statement' : isQuestion ? 'faq' : defaults.kind)
  const place = {
    kind,
    statement: kind === 'statement' ? statement : null,
    scenario: clean(cells('scenario')[0] ?? '')
      .slice(0, 60)
      .trim(),
    emotion: read('emotion', EMOTION_WORDS),
    language: read('language', LANGUAGE_WORDS) ?? defaults.language,
    preparedFor: clean(cells('preparedFor')[0] ?? '')
      .slice(0, 300)
      .trim(),
  }
  return { place, words }
}

/** Checks a content against the limits. */
export function readWording(line: number, place: WordingPlace, content: WordingContent | null, words: UnknownWord[] = []): ReadWording {
  const title = (content?.title ?? '').slice(0, 80)
  if (!content) return { line, title, words, ok: false, problem: 'too-long', detail: '' }
  if (isEmptyContent(content)) return { line, title, words, ok: false, problem: 'nothing', detail: '' }
  const parsed = WordingContent.safeParse(content)
  if (parsed.success) return { line, title, words, ok: true, place, content: parsed.data }
  const [issue] = parsed.error.issues
  return { line, title, words, ok: false, problem: 'too-long', detail: String(issue?.path[0] ?? '') }
}

/** The first line of a text, as a title where a file gives none. */
export function titleFrom(content: Pick<WordingContent, 'core' | 'blocks'>): string {
  const first = (content.core || content.blocks.find(({ text }) => text !== '')?.text || '').split('\n')[0] ?? ''
  return [...first].slice(0, 40).join('')
}

/** The texts of a row: one, or in a matrix one for each emotion that has a cell. */
export function wordingsOfRow(row: TableRow, columns: readonly string[], mapping: WordingMapping, defaults: FileDefaults): ReadWording[] {
  const { line } = row
  if (row.cells === null) return [{ line, title: '', words: [], ok: false, problem: 'unreadable', detail: '' }]
  const cells: Cells = (field) => columns.flatMap((column, index) => (mapping[column] === field ? [row.cells?.[index] ?? ''] : []))
  const { place, words } = placeOf(cells, defaults)
  const inMatrix = EMOTIONS.filter((emotion) => clean(cells(emotion).join('')) !== '')
  const given = clean(cells('title')[0] || cells('question')[0] || '')
  if (inMatrix.length > 0) return inMatrix.map((emotion) => matrixCell(line, cells, { ...place, emotion }, given, words))
  // A row of blanks, and a matrix row without any text yet, is none.
  if (row.cells.every((cell) => clean(cell) === '') || EMOTIONS.some((emotion) => Object.values(mapping).includes(emotion))) return []
  const content = contentOf(cells, given)
  if (content && given === '') content.title = titleFrom(content)
  return [readWording(line, place, content, words)]
}

/** The text of one cell of a script matrix. A single short paragraph is its core message. */
function matrixCell(
  line: number,
  cells: Cells,
  place: WordingPlace & { emotion: Emotion },
  given: string,
  words: UnknownWord[],
): ReadWording {
  const parts = partsOf(clean(cells(place.emotion).join('\n\n')))
  const title = [place.scenario || given, wordFor(EMOTION_WORDS, place.emotion, place.language)].filter(Boolean).join(' · ')
  const [first, ...rest] = parts?.blocks ?? []
  const isCore = first?.kind === 'text' && rest.length === 0 && first.text.length <= CONTENT_LIMITS.core
  const content = parts && {
    ...parts,
    title: title.slice(0, CONTENT_LIMITS.title),
    core: isCore ? first.text : '',
    blocks: isCore ? [] : parts.blocks,
  }
  return readWording(line, { ...place, scenario: place.scenario || given.slice(0, 60) }, content, words)
}
