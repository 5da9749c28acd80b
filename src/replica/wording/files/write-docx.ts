import { Document, HeadingLevel, Packer, Paragraph, TextRun, type IStylesOptions } from 'docx'
import { AUDIENCE_WORDS, BLOCK_WORDS, CHANNEL_WORDS, EMOTION_WORDS, KIND_WORDS, wordFor } from '#domain/wording/wording-words.ts'
import type { WordingLanguage } from '#domain/wording/wording.ts'
import type { ExportedWording } from './wording-tables.ts'

/** Word takes East Asian text from a font of its own, or it falls back to a serif that does not fit. */
const FONT = { ascii: 'Calibri', hAnsi: 'Calibri', cs: 'Calibri', eastAsia: 'Microsoft YaHei' }
const STYLES: IStylesOptions = { default: { document: { run: { font: FONT, size: 22 } } } }

const runs = (text: string, bold = false) =>
  text.split('\n').map((line, index) => new TextRun({ text: line.toWellFormed(), bold, ...(index > 0 ? { break: 1 } : {}) }))
const paragraph = (text: string, bold = false) => new Paragraph({ children: runs(text, bold), spacing: { after: 120 } })

const WORDS: Record<WordingLanguage, { core: string; ask: string; answer: string; none: string }> = {
  'zh-Hans': { core: '核心信息：', ask: '问：', answer: '答：', none: '不限' },
  en: { core: 'Core message: ', ask: 'Customer: ', answer: 'Answer: ', none: 'any' },
}

function wordingParagraphs({ place, content, number, standing, hash }: ExportedWording, language: WordingLanguage): Paragraph[] {
  const words = WORDS[language]
  const facts = [
    wordFor(KIND_WORDS, place.kind, language),
    place.scenario,
    place.emotion === null ? '' : wordFor(EMOTION_WORDS, place.emotion, language),
    place.preparedFor,
    standing,
    number === null ? '' : `v${number}`,
    hash.slice(0, 12),
  ]
  const variant = (one: (typeof content.variants)[number]) =>
    [
      one.audience === null ? words.none : wordFor(AUDIENCE_WORDS, one.audience, language),
      one.channel === null ? words.none : wordFor(CHANNEL_WORDS, one.channel, language),
    ].join(' · ')
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_1, children: runs(content.title) }),
    new Paragraph({ children: [new TextRun({ text: facts.filter(Boolean).join(' · ').toWellFormed(), color: '666666', size: 18 })] }),
    ...(content.core === '' ? [] : [paragraph(words.core + content.core, true)]),
    ...content.blocks.flatMap(({ kind, text, action, owner, deadline }) => {
      if (kind === 'heading') return [new Paragraph({ heading: HeadingLevel.HEADING_2, children: runs(text) })]
      const kept = [action, owner, deadline].filter(Boolean).join(' · ')
      const marked = kind === 'text' ? text : `[${wordFor(BLOCK_WORDS, kind, language)}] ${text}`
      return [paragraph(marked), ...(kind === 'commitment' && kept !== '' ? [paragraph(kept)] : [])]
    }),
    ...content.objections.flatMap(({ ask, answer }) => [paragraph(words.ask + ask, true), paragraph(words.answer + answer)]),
    ...content.variants.map((one) => paragraph(`[${variant(one)}] ${one.text}`)),
  ]
}

/** Writes texts as a Word document, one after the other, each under its heading with its revision and fingerprint. */
export function wordingDocument(title: string, texts: readonly ExportedWording[], language: WordingLanguage): Promise<Buffer> {
  const children = texts.flatMap((text) => wordingParagraphs(text, language))
  return Packer.toBuffer(new Document({ title: title.toWellFormed(), styles: STYLES, sections: [{ children }] }))
}
