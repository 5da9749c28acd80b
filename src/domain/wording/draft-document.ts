import { fromBase64, toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { lostText, partsAtRisk, type LostText } from './draft-lost.ts'
import { countStructs, DRAFT_BOUNDS, examineUpdate, structsIn } from './draft-update.ts'
import { BlockKind, Audience, CONTENT_LIMITS, PartId, WordingChannel, type WordingContent } from './content.ts'

/** The lists of a text, and the fields of their parts: texts that people write together, and values that are set as a whole. */
export const DRAFT_LISTS = {
  blocks: { texts: ['text', 'action', 'owner', 'deadline'], limit: CONTENT_LIMITS.blocks },
  objections: { texts: ['ask', 'answer'], limit: CONTENT_LIMITS.objections },
  variants: { texts: ['text'], limit: CONTENT_LIMITS.variants },
} as const
export type DraftList = keyof typeof DRAFT_LISTS

/** Texts that stand alone. */
export const DRAFT_TEXTS = ['title', 'core'] as const

/**
 * The client ids of the structs that no member writes: those that each generation of a draft begins with, which are the same
 * everywhere, and those of edits that come from an earlier generation. Editors take random ids of 32 bits.
 */
const SEED_CLIENT = 1
const OWN_CLIENTS = 2 ** 32
const seedClient = (generation: number) => (generation === 0 ? SEED_CLIENT : OWN_CLIENTS + generation * 2)
/** The client id of edits to an earlier generation, carried over to this one. */
export const lateClient = (generation: number) => OWN_CLIENTS + generation * 2 + 1
const isReserved = (client: number) => client <= SEED_CLIENT || client >= OWN_CLIENTS
/** Maximum size of a draft with everything that was deleted from it, base64 characters. */
const MAX_DOC = 1_000_000
const MAX_ORDER = 1e9
/** A draft may be longer than a text, so that two people who write at once do not refuse each other; the revision may not. */
const SLACK = 2

export type DraftProblem = 'not-a-document' | 'unknown-content' | 'incomplete' | 'client-of-another' | 'too-long'

export type ReadDraft = { ok: true; content: WordingContent } | { ok: false; problem: DraftProblem }

const unknown = { ok: false, problem: 'unknown-content' } as const
const tooLong = { ok: false, problem: 'too-long' } as const

/** The value of a text type without formats and embedded objects, else null. */
function plainText(value: unknown): string | null {
  if (!(value instanceof Y.Text) || value._map.size > 0) return null
  let text = ''
  for (const { insert, attributes } of value.toDelta() as { insert: unknown; attributes?: unknown }[]) {
    if (typeof insert !== 'string' || attributes !== undefined) return null
    text += insert
  }
  return text
}

/** The values of a part that are set as a whole. */
const VALUES = {
  blocks: (value: (name: string) => unknown) => {
    const kind = BlockKind.safeParse(value('kind')).data
    return kind === undefined ? null : { kind }
  },
  objections: () => ({}),
  variants: (value: (name: string) => unknown) => {
    const audience = Audience.nullable().safeParse(value('audience') ?? null)
    const channel = WordingChannel.nullable().safeParse(value('channel') ?? null)
    return audience.success && channel.success ? { audience: audience.data, channel: channel.data } : null
  },
} as const
const VALUE_NAMES: Record<DraftList, readonly string[]> = { blocks: ['kind'], objections: [], variants: ['audience', 'channel'] }

type Part = { id: string; order: number; fields: Record<string, unknown> }

function readPart(list: DraftList, id: string, part: unknown): Part | null {
  if (!(part instanceof Y.Map) || part._start !== null || !PartId.safeParse(id).success) return null
  const names = new Set<string>(['order', ...VALUE_NAMES[list], ...DRAFT_LISTS[list].texts])
  if ([...part.keys()].some((name) => !names.has(name))) return null
  const order = part.get('order')
  // Beyond this, no place is left between two neighbours.
  if (typeof order !== 'number' || !(Math.abs(order) <= MAX_ORDER)) return null
  const values = VALUES[list]((name) => part.get(name))
  if (values === null) return null
  const fields: Record<string, unknown> = { id, ...values }
  for (const name of DRAFT_LISTS[list].texts) {
    const text = plainText(part.get(name))
    if (text === null) return null
    // Only a commitment has these. What was typed before its kind changed stays in the document, and returns with the kind.
    fields[name] = list === 'blocks' && name !== 'text' && fields['kind'] !== 'commitment' ? '' : text
  }
  return { id, order, fields }
}

function readList(doc: Y.Doc, list: DraftList): Part[] | null {
  const map = doc.getMap(list)
  if (map._start !== null) return null
  const parts: Part[] = []
  for (const [id, value] of map.entries()) {
    const part = readPart(list, id, value)
    if (part === null) return null
    parts.push(part)
  }
  return parts.toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
}

/**
 * Reads the text of a draft: a strict walk over a closed set of types, because Yjs itself accepts any.
 * @returns the content with its parts in order, or what is wrong with the document; never throws
 */
export function readDraft(doc: Y.Doc): ReadDraft {
  try {
    const roots = new Set<string>([...DRAFT_TEXTS, ...Object.keys(DRAFT_LISTS)])
    if ([...doc.share.keys()].some((name) => !roots.has(name))) return unknown
    const title = plainText(doc.getText('title'))
    const core = plainText(doc.getText('core'))
    const blocks = readList(doc, 'blocks')
    const objections = readList(doc, 'objections')
    const variants = readList(doc, 'variants')
    if (title === null || core === null || !blocks || !objections || !variants) return unknown
    const fieldsOf = (parts: Part[]) => parts.map(({ fields }) => fields)
    // The walk above has read every field, so the shape is known.
    const content = {
      title,
      core,
      blocks: fieldsOf(blocks),
      objections: fieldsOf(objections),
      variants: fieldsOf(variants),
    } as WordingContent
    return isWithin(content, SLACK) ? { ok: true, content } : tooLong
  } catch {
    return { ok: false, problem: 'not-a-document' }
  }
}

function isWithin({ title, core, ...lists }: WordingContent, factor: number): boolean {
  const parts = Object.entries(lists).flatMap(([list, all]) => {
    const { texts, limit } = DRAFT_LISTS[list as DraftList]
    if (all.length > limit * factor) return [Number.POSITIVE_INFINITY]
    return all.flatMap((part) => texts.map((name) => (part as Record<string, unknown>)[name]))
  })
  const lengths = [title, core, ...parts].map((text) => (typeof text === 'string' ? text.length : Number(text)))
  return (
    lengths.reduce((sum, length) => sum + length, 0) <= CONTENT_LIMITS.sum * factor &&
    lengths.every((length) => length <= CONTENT_LIMITS.block * factor)
  )
}

function decode(text: string): Uint8Array | null {
  try {
    return fromBase64(text)
  } catch {
    return null
  }
}

/** Opens an encoded draft; an unreadable one is empty. */
export function openDraft(encoded: string): Y.Doc {
  const doc = new Y.Doc()
  const bytes = decode(encoded)
  try {
    if (bytes) Y.applyUpdate(doc, bytes)
  } catch {
    return new Y.Doc()
  }
  return doc
}

/** Encodes a draft with everything that other devices need to merge it. */
export function encodeDraft(doc: Y.Doc): string {
  return toBase64(Y.encodeStateAsUpdate(doc))
}

/** A document with what the hub knows of it. `conflicts`: see {@link DRAFT_BOUNDS}. */
export type EncodedDraft = { doc: string; clients: Readonly<Record<string, string>>; conflicts?: number }
/** `lost`: text that nobody chose to delete and that the document no longer holds. */
export type AppliedEdit =
  { ok: true; doc: string; clients: Record<string, string>; conflicts: number; lost: LostText[] } | { ok: false; problem: DraftProblem }

/**
 * Applies one person's edit to an encoded draft. Yjs trusts every update, so each is checked first: it must be complete, bring
 * no more than an edit may, contain only what a draft may contain, and add content only under client ids of its author.
 * @param draft `clients`: the member behind each client id so far
 * @returns the new document with the client ids, or why the edit does not apply; never throws
 */
export function applyEdit(draft: EncodedDraft, update: string, actor: string): AppliedEdit {
  const bytes = decode(update)
  if (!bytes) return { ok: false, problem: 'not-a-document' }
  const doc = openDraft(draft.doc)
  try {
    const shape = examineUpdate(doc, bytes)
    if (typeof shape === 'string') return { ok: false, problem: shape }
    for (const client of shape.clients) {
      const owner = draft.clients[String(client)]
      if (isReserved(client) || (owner !== undefined && owner !== actor)) return { ok: false, problem: 'client-of-another' }
    }
    const clients = { ...draft.clients, ...Object.fromEntries([...shape.clients].map((client) => [String(client), actor])) }
    const conflicts = (draft.conflicts ?? 0) + shape.conflicts
    if (conflicts > DRAFT_BOUNDS.conflicts || Object.keys(clients).length > DRAFT_BOUNDS.clients) return tooLong
    const risked = partsAtRisk(doc, shape.deletions)
    Y.applyUpdate(doc, bytes)
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return { ok: false, problem: 'incomplete' }
    const read = readDraft(doc)
    if (!read.ok) return read
    const encoded = encodeDraft(doc)
    if (encoded.length > MAX_DOC || countStructs(doc) > DRAFT_BOUNDS.structs) return tooLong
    return { ok: true, doc: encoded, clients, conflicts, lost: lostText(doc, shape, risked, clients) }
  } catch {
    return { ok: false, problem: 'not-a-document' }
  }
}

/** A new part of a list with its texts. Must be called within a transaction of the document. */
export function insertPart(doc: Y.Doc, list: DraftList, id: string, order: number, fields: Readonly<Record<string, unknown>>): void {
  const part = new Y.Map<unknown>()
  part.set('order', order)
  for (const name of VALUE_NAMES[list]) part.set(name, fields[name] ?? null)
  for (const name of DRAFT_LISTS[list].texts) part.set(name, new Y.Text(typeof fields[name] === 'string' ? fields[name] : ''))
  doc.getMap(list).set(id, part)
}

/** Text inserted at once, UTF-16 code units; three bytes each at most, so that the update fits in an op. */
const CHUNK = 8000

/**
 * Changes a text to another by replacing the part that differs, so that edits of others elsewhere in it stay. A long insertion
 * becomes several updates unless the caller is in a transaction.
 * @param origin the origin of the transactions, which tells own edits from those of others
 */
export function changeText(text: Y.Text, to: string, origin: unknown = null): void {
  const from = text.toString()
  if (from === to) return
  let start = 0
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1
  let end = 0
  while (end < from.length - start && end < to.length - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1
  // Half of a surrogate pair is not a character: it is replaced together with its other half.
  if (start > 0 && isHigh(from.charCodeAt(start - 1))) start -= 1
  if (end > 0 && isLow(from.charCodeAt(from.length - end))) end -= 1
  const transact = (act: () => void) => (text.doc ? Y.transact(text.doc, act, origin) : act())
  const removed = from.length - end - start
  const added = to.slice(start, to.length - end)
  transact(() => {
    if (removed > 0) text.delete(start, removed)
    text.insert(start, added.slice(0, chunkEnd(added, 0)))
  })
  for (let at = chunkEnd(added, 0); at < added.length; at = chunkEnd(added, at)) {
    const chunk = added.slice(at, chunkEnd(added, at))
    transact(() => text.insert(start + at, chunk))
  }
}

/** The end of the chunk that begins at an offset; no chunk ends within a surrogate pair. */
function chunkEnd(text: string, from: number): number {
  const end = Math.min(text.length, from + CHUNK)
  return end < text.length && isHigh(text.charCodeAt(end - 1)) ? end - 1 : end
}

const isHigh = (code: number) => code >= 0xd800 && code <= 0xdbff
const isLow = (code: number) => code >= 0xdc00 && code <= 0xdfff

/** Writes a content into a document: parts of the same ids are changed, others removed or added. */
export function changeDraft(doc: Y.Doc, content: WordingContent): void {
  for (const name of DRAFT_TEXTS) changeText(doc.getText(name), content[name])
  for (const list of Object.keys(DRAFT_LISTS) as DraftList[]) {
    const map = doc.getMap(list)
    const kept = new Set(content[list].map(({ id }) => id))
    for (const id of [...map.keys()].filter((one) => !kept.has(one))) map.delete(id)
    for (const [order, fields] of content[list].entries()) {
      const part = map.get(fields.id)
      if (!(part instanceof Y.Map)) {
        insertPart(doc, list, fields.id, order, fields)
        continue
      }
      const values: Record<string, unknown> = { ...fields, order }
      for (const name of ['order', ...VALUE_NAMES[list]]) if (part.get(name) !== values[name]) part.set(name, values[name] ?? null)
      for (const name of DRAFT_LISTS[list].texts) {
        const text = part.get(name)
        if (text instanceof Y.Text) changeText(text, String(values[name]))
      }
    }
  }
}

/** The document that a generation of a draft begins with, encoded; equal for equal contents on every device. */
export function seedDraft(content: WordingContent, generation = 0): string {
  const doc = new Y.Doc()
  doc.clientID = seedClient(generation)
  changeDraft(doc, content)
  return encodeDraft(doc)
}

/** Maximum size of one edit, base64 characters: it fits in an op. */
export const MAX_EDIT = 48_000

/** Joins updates in order into as few edits as fit in ops (base64). An update that is too large alone stays alone. */
export function packUpdates(updates: readonly Uint8Array[]): string[] {
  const edits: string[] = []
  let joined: Uint8Array | null = null
  let structs = 0
  for (const update of updates) {
    const together: Uint8Array = joined ? Y.mergeUpdates([joined, update]) : update
    const added = structsIn(update)
    if (joined && (toBase64(together).length > MAX_EDIT || structs + added > DRAFT_BOUNDS.editStructs)) {
      edits.push(toBase64(joined))
      joined = update
      structs = added
    } else {
      joined = together
      structs += added
    }
  }
  return joined ? [...edits, toBase64(joined)] : edits
}

/**
 * The edits that change a draft to a content, for writers that have no document open: import, restore, command line.
 * @param client a client id that nobody used yet, from a random source
 */
export function editsTowards(encoded: string, content: WordingContent, client: number): string[] {
  const doc = openDraft(encoded)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => void updates.push(update))
  doc.clientID = client
  changeDraft(doc, content)
  return packUpdates(updates)
}
