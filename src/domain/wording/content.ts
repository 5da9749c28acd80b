import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'

/** Who a variant of a text is for (UP-01 … UP-04). */
export const AUDIENCES = ['gen-z', 'middle', 'silver', 'opinion-leader'] as const
export const Audience = z.enum(AUDIENCES)
export type Audience = z.infer<typeof Audience>

/** Where a variant of a text is used; each has its own limits of length. */
export const WORDING_CHANNELS = ['phone', 'chat', 'wechat', 'weibo', 'video', 'sms'] as const
export const WordingChannel = z.enum(WORDING_CHANNELS)
export type WordingChannel = z.infer<typeof WordingChannel>

/** The parts of a text. Empathy, reassurance and commitment form one answer (TK-02 … TK-05); `step` is a step of a talk map. */
export const BLOCK_KINDS = ['text', 'heading', 'step', 'empathy', 'reassurance', 'commitment'] as const
export const BlockKind = z.enum(BLOCK_KINDS)
export type BlockKind = z.infer<typeof BlockKind>

/** Maximum sizes of a text, characters (UTF-16 code units) or counts. The sum keeps a revision within the size of one op. */
export const CONTENT_LIMITS = {
  title: 120,
  core: 300,
  block: 4000,
  short: 200,
  blocks: 200,
  objections: 30,
  variants: 40,
  sum: 20_000,
} as const

/** Ids of parts are unique within a text and stay with a part when it moves. */
export const PartId = z.string().regex(/^[a-z0-9-]{1,40}$/)

const text = (limit: number) => z.string().max(limit)

/** A part of a text. A commitment names what is done, by whom and by when (TK-04, TK-05); other parts leave these fields empty. */
export const Block = z.strictObject({
  id: PartId,
  kind: BlockKind,
  text: text(CONTENT_LIMITS.block),
  action: text(CONTENT_LIMITS.short),
  owner: text(CONTENT_LIMITS.short),
  deadline: text(CONTENT_LIMITS.short),
})
export type Block = z.infer<typeof Block>

/** What a customer may object, and the answer (MS-04). */
export const Objection = z.strictObject({ id: PartId, ask: text(CONTENT_LIMITS.block), answer: text(CONTENT_LIMITS.block) })
export type Objection = z.infer<typeof Objection>

/** The text for one audience, one channel, or both (UP-01 … UP-04). */
export const Variant = z.strictObject({
  id: PartId,
  audience: Audience.nullable(),
  channel: WordingChannel.nullable(),
  text: text(CONTENT_LIMITS.block),
})
export type Variant = z.infer<typeof Variant>

const WordingParts = z.strictObject({
  title: text(CONTENT_LIMITS.title),
  /** The core message (MS-02): what must be understood if only one sentence is heard. */
  core: text(CONTENT_LIMITS.core),
  blocks: z.array(Block).max(CONTENT_LIMITS.blocks),
  objections: z.array(Objection).max(CONTENT_LIMITS.objections),
  variants: z.array(Variant).max(CONTENT_LIMITS.variants),
})

/** One text field of a content: its address for checks, comments and differences, and its text. */
export type ContentField = { at: string; text: string }

/** Every text of a content in reading order. `at`: `title`, `core`, `blocks.<id>.text` and so on. */
export function fieldsOf(content: WordingContent): ContentField[] {
  return [
    { at: 'title', text: content.title },
    { at: 'core', text: content.core },
    ...content.blocks.flatMap(({ id, kind, ...block }) => [
      { at: `blocks.${id}.text`, text: block.text },
      ...(kind === 'commitment' ? (['action', 'owner', 'deadline'] as const) : []).map((field) => ({
        at: `blocks.${id}.${field}`,
        text: block[field],
      })),
    ]),
    ...content.objections.flatMap(({ id, ask, answer }) => [
      { at: `objections.${id}.ask`, text: ask },
      { at: `objections.${id}.answer`, text: answer },
    ]),
    ...content.variants.map(({ id, text: own }) => ({ at: `variants.${id}.text`, text: own })),
  ]
}

const sumOf = (content: z.infer<typeof WordingParts>) => fieldsOf(content).reduce((sum, field) => sum + field.text.length, 0)

const hasUniqueIds = ({ blocks, objections, variants }: z.infer<typeof WordingParts>) =>
  [blocks, objections, variants].every((parts) => new Set(parts.map(({ id }) => id)).size === parts.length)

/** The content of a wording (口径): plain text in a closed set of parts. There is no markup, so nothing in it can be executed or hidden. */
export const WordingContent = WordingParts.refine((content) => sumOf(content) <= CONTENT_LIMITS.sum, {
  message: `a text has at most ${CONTENT_LIMITS.sum} characters`,
}).refine(hasUniqueIds, { message: 'two parts have the same id' })
export type WordingContent = z.infer<typeof WordingParts>

export const EMPTY_CONTENT: WordingContent = { title: '', core: '', blocks: [], objections: [], variants: [] }

/** Whether a content has nothing to say: no core message and no part with a text. */
export function isEmptyContent(content: WordingContent): boolean {
  return fieldsOf(content).every(({ at, text: own }) => at === 'title' || own.trim() === '')
}

/** Whether a part that is no commitment names an action, an owner or a deadline: nobody reads these, approvers included. */
export function hasUnread({ blocks }: WordingContent): boolean {
  return blocks.some(({ kind, action, owner, deadline }) => kind !== 'commitment' && action + owner + deadline !== '')
}

/** JSON with sorted keys and without blanks, so that equal contents have equal texts on every device (RFC 8785 for these types). */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`
}

/** SHA-256 of a text, as lower-case hex. */
export function textHash(plain: string): string {
  return bytesToHex(sha256(utf8ToBytes(plain)))
}

/** SHA-256 of a content, as lower-case hex: the identity of the exact text that is approved, published and confirmed. */
export function contentHash(content: WordingContent): string {
  return textHash(canonicalJson(content))
}

/** A SHA-256 as lower-case hex. */
export const ContentHash = z.string().regex(/^[0-9a-f]{64}$/)
