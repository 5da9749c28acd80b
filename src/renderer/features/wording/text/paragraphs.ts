import { fieldsOf, type BlockKind, type WordingContent } from '#domain/wording/content.ts'

/** What a paragraph of a text is, for its label. */
export type ParagraphKind = 'title' | 'core' | BlockKind | 'action' | 'owner' | 'deadline' | 'ask' | 'answer' | 'variant'
export type Paragraph = { at: string; kind: ParagraphKind; text: string }

/** The texts of a content that are not empty, in reading order, each with what it is. */
export function paragraphsOf(content: WordingContent): Paragraph[] {
  const kinds = new Map(content.blocks.map(({ id, kind }) => [id, kind]))
  return fieldsOf(content)
    .filter(({ text }) => text.trim() !== '')
    .map(({ at, text }) => ({ at, kind: kindOf(at, kinds), text }))
}

function kindOf(at: string, blocks: ReadonlyMap<string, BlockKind>): ParagraphKind {
  const [list = '', id = '', field = ''] = at.split('.')
  if (list === 'title' || list === 'core') return list
  if (list === 'variants') return 'variant'
  if (list === 'objections') return field === 'ask' ? 'ask' : 'answer'
  if (field === 'action' || field === 'owner' || field === 'deadline') return field
  return blocks.get(id) ?? 'text'
}
