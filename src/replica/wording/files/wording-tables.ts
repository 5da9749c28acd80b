import type { WordingContent } from '#domain/wording/content.ts'
import { partsToMarkdown } from '#domain/wording/wording-markdown.ts'
import { EMOTION_WORDS, KIND_WORDS, LANGUAGE_WORDS, STATEMENT_WORDS, wordFor } from '#domain/wording/wording-words.ts'
import type { WordingLanguage, WordingPlace } from '#domain/wording/wording.ts'

/** A text as it is exported: its published version, else its last one, else its draft. `standing`: in words. */
export type ExportedWording = { place: WordingPlace; content: WordingContent; number: number | null; standing: string; hash: string }

/** Column names that an import reads back; the last three only inform. */
const HEADERS: Record<WordingLanguage, readonly string[]> = {
  'zh-Hans': [
    '标题',
    '种类',
    '哪种声明',
    '场景',
    '客户情绪',
    '语言',
    '升级口径',
    '核心信息',
    '正文',
    '异议与回答',
    '按人群和渠道',
    '状态',
    '版次',
    '指纹',
  ],
  en: [
    'Title',
    'Kind',
    'Statement',
    'Scenario',
    'Emotion',
    'Language',
    'Prepared for',
    'Core',
    'Text',
    'Objections',
    'Variants',
    'Status',
    'Revision',
    'Fingerprint',
  ],
}

export const wordingHeader = (language: WordingLanguage): readonly string[] => HEADERS[language]

/** A text as a row below {@link wordingHeader}. */
export function wordingRow(
  { place, content, number, standing, hash }: ExportedWording,
  language: WordingLanguage,
): (string | number | null)[] {
  const parts = partsToMarkdown(content)
  return [
    content.title,
    wordFor(KIND_WORDS, place.kind, language),
    place.statement === null ? '' : wordFor(STATEMENT_WORDS, place.statement, language),
    place.scenario,
    place.emotion === null ? '' : wordFor(EMOTION_WORDS, place.emotion, language),
    wordFor(LANGUAGE_WORDS, place.language, language),
    place.preparedFor,
    content.core,
    parts.blocks,
    parts.objections,
    parts.variants,
    standing,
    number,
    hash.slice(0, 12),
  ]
}
