import { AUDIENCES, WORDING_CHANNELS } from '#domain/wording/content.ts'
import { EMOTIONS, WordingKind, WordingLanguage, type WordingPlace } from '#domain/wording/wording.ts'
import { z } from 'zod'
import { ImportSource, ReadingOptions } from './import-api.ts'
import { command } from './procedure.ts'

/**
 * Fields that a column of a table can be mapped to. The emotions are the columns of a script matrix, whose cells are texts; `text`
 * and `variants` hold parts as in Markdown files, or plain paragraphs.
 */
export const WORDING_COLUMNS = [
  'title',
  'kind',
  'statement',
  'scenario',
  'emotion',
  'language',
  'preparedFor',
  'core',
  'text',
  'empathy',
  'reassurance',
  'commitment',
  'action',
  'owner',
  'deadline',
  'question',
  'answer',
  'objection',
  'response',
  'variants',
  ...EMOTIONS,
  ...WORDING_CHANNELS,
  ...AUDIENCES,
] as const
export type WordingColumn = (typeof WORDING_COLUMNS)[number]
/** Keyed by the column name in the file; columns that are omitted are not read. */
export const WordingMapping = z.record(z.string().max(200), z.enum(WORDING_COLUMNS))
export type WordingMapping = z.infer<typeof WordingMapping>

export const WORDING_ROW_PROBLEMS = ['unreadable', 'nothing', 'too-long'] as const
export type WordingRowProblem = (typeof WORDING_ROW_PROBLEMS)[number]

/** A cell whose word is not known; the text is imported with the default. */
export type UnknownWord = { field: 'kind' | 'statement' | 'emotion' | 'language'; text: string }

/**
 * What an import does with a text of the file: adds it as a new draft; nothing, as the library has it word by word; writes the new
 * words into the draft of the text with the same title and place, or `overwrite`, the same for a draft whose words are in no version
 * and would be lost; or refuses it. `line`: of the table, or the number of the text.
 */
export type CheckedWording = {
  line: number
  title: string
  scenario: string
  emotion: WordingPlace['emotion']
  kind: WordingPlace['kind'] | null
  core: string
  parts: number
  objections: number
  variants: number
  words: UnknownWord[]
} & ({ act: 'add' | 'same' | 'revise' | 'overwrite' } | { act: 'refuse'; problem: WordingRowProblem; detail: string })

export const WORDING_FILE_FORMATS = ['csv', 'tsv', 'xlsx', 'json', 'docx', 'markdown'] as const

/** Preview of a file. `left`: texts after the first 1,000, which are not imported; `rows`: at most 200, those that need a look first. */
export type WordingFileCheck = {
  sourceId: string
  fileName: string
  format: (typeof WORDING_FILE_FORMATS)[number]
  columns: string[]
  mapping: WordingMapping
  counts: Record<CheckedWording['act'], number>
  left: number
  rows: CheckedWording[]
}

export const WordingFileFormat = z.enum(['xlsx', 'csv', 'docx', 'md'])
export type WordingFileFormat = z.infer<typeof WordingFileFormat>

/** Texts are written to be published: none of these fields is masked. */
const SHOWS = { shows: ['title', 'scenario', 'core', 'text'] } as const

const IncidentId = z.uuid().nullable()

export const wordingFileApi = {
  /** Reads a table (XLSX, CSV, TSV, JSON), a Word document or Markdown and returns a preview; writes nothing. */
  'wordings.checkFile': command(
    z.strictObject({
      incidentId: IncidentId,
      source: ImportSource,
      mapping: WordingMapping.optional(),
      reading: ReadingOptions.prefault({}),
      /** For texts of which the file does not say it. */
      kind: WordingKind,
      language: WordingLanguage,
    }),
    SHOWS,
  ).returns<WordingFileCheck>(),
  /**
   * Writes what the last check of the file showed, and forgets the file. `revise`: whether texts that are there get the new words;
   * `overwrite`: whether those do, too, whose draft holds words that are in no version.
   */
  'wordings.importFile': command(
    z.strictObject({ sourceId: z.uuid(), revise: z.boolean().default(true), overwrite: z.boolean().default(false) }),
    { action: 'wording.draft' },
  ).returns<{ importId: string; added: number; revised: number }>(),
  /**
   * Removes the texts that an import added and writes back the words of the drafts that it changed; those that somebody has worked
   * on since stay and are counted in `kept`. Possible until the app is closed.
   */
  'wordings.undoImport': command(z.strictObject({ importId: z.uuid() }), { action: 'wording.draft' }).returns<{ kept: number }>(),
  /** Writes the texts of an incident, or of the library, to a file; read it with `exports.read`. The published version, else the last. `wordingId`: only this one. */
  'wordings.exportFile': command(
    z.strictObject({ incidentId: IncidentId, wordingId: z.uuid().optional(), format: WordingFileFormat, language: WordingLanguage }),
  ).returns<{
    exportId: string
    fileName: string
    size: number
    mime: string
    /** The number of texts in it. */
    texts: number
  }>(),
}
