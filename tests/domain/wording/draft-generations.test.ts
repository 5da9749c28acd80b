import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { appliedFromRecord, appliedPending } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { step } from '#domain/step.ts'
import { contentHash, EMPTY_CONTENT, type WordingContent } from '#domain/wording/content.ts'
import { changeText, editsTowards, openDraft, readDraft } from '#domain/wording/draft-document.ts'
import type { WordingDraftState } from '#domain/wording/wording.ts'
import { findPassage, findQuoted, pinPassage } from '#domain/wording/draft-passage.ts'
import { WORDING_DRAFT } from '#domain/wording/wording-entity.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, idOf, makeOp } from '#tests/support/log-texts.ts'
import { toBase64 } from 'lib0/buffer'

const CARA = idOf(0xc)
const DRAFT = idOf(0x700)
const block = (id: string, text: string) => ({ id, kind: 'text', text, action: '', owner: '', deadline: '' }) as const
const CONTENT: WordingContent = {
  ...EMPTY_CONTENT,
  title: '停售',
  core: '已停售。',
  blocks: [block('a', '请停止使用。'), block('b', '热线已开通。')],
}

type Draft = Entity<WordingDraftState>

let seq = 0
/** A draft after an op: as recorded by the hub, or while it is pending. */
function after(
  draft: Draft | undefined,
  actor: string,
  type: string,
  body: Record<string, unknown>,
  recorded = true,
  version = /edit|taken/.test(type) ? 2 : 1,
): Draft {
  const op = makeOp({ type, version, kind: 'wording-draft', id: DRAFT, body })
  seq += 1
  const record = { scope: op.scope, seq, hubTime: TWO_AT_NIGHT, actor: op.replicaId, outcome: { kind: 'accepted' as const }, bytes: '' }
  const applied = recorded ? { ...appliedFromRecord(record, op), actor } : appliedPending(op, actor)
  const next = WORDING_DRAFT.as(step(draft, op, applied))
  if (!next) throw new Error('no draft')
  return next
}

const contentOf = ({ state }: Draft): WordingContent => {
  const read = readDraft(openDraft(state.doc))
  if (!read.ok) throw new Error(read.problem)
  return read.content
}

/** The update of an edit of a document. */
function edit(doc: Y.Doc, act: () => void): string {
  const before = Y.encodeStateVector(doc)
  doc.transact(act)
  return toBase64(Y.encodeStateAsUpdate(doc, before))
}

const coreOf = (doc: Y.Doc) => doc.getText('core')

/** A draft that somebody wrote for a long time. */
function longDraft(): Draft {
  let draft = after(undefined, ANN, 'wording-draft.start', { content: CONTENT, authors: [] })
  const doc = openDraft(draft.state.doc)
  doc.clientID = 50
  // Typed backwards, no two characters can be kept as one item.
  for (let line = 0; line < 4; line += 1) {
    const update = edit(doc, () => {
      for (let letter = 0; letter < 300; letter += 1) coreOf(doc).insert(0, '字')
    })
    draft = after(draft, ANN, 'wording-draft.edit', { update, authors: [], of: 0 })
  }
  const update = edit(doc, () => changeText(coreOf(doc), CONTENT.core))
  draft = after(draft, ANN, 'wording-draft.edit', { update, authors: [], of: 0 })
  expect(contentOf(draft)).toEqual(CONTENT)
  return draft
}

const take = (draft: Draft, recorded = true, version = 2) =>
  after(draft, ANN, 'wording-draft.taken', { revisionId: idOf(0x701), hash: contentHash(contentOf(draft)) }, recorded, version)

test('a draft with a long history begins anew with its revision, once that is recorded; a short one goes on', () => {
  const long = longDraft()
  const taken = take(long)
  expect(contentOf(taken)).toEqual(CONTENT)
  expect(taken.state).toMatchObject({ generation: 1, clients: {}, contributors: [] })
  expect(taken.state.doc.length * 10).toBeLessThan(long.state.doc.length)
  // Until then, its text might still change.
  expect(take(long, false).state).toMatchObject({ doc: long.state.doc, contributors: [] })
  const short = after(undefined, ANN, 'wording-draft.start', { content: CONTENT, authors: [] })
  expect(take(short).state.doc).toBe(short.state.doc)
})

test('a text that is long by itself has no long history, as an earlier version thought', () => {
  const blocks = Array.from({ length: 150 }, (_, index) => block(`b${index}`, `第 ${index} 段。`))
  const start = after(undefined, ANN, 'wording-draft.start', { content: { ...CONTENT, blocks }, authors: [] })
  expect(take(start).state.generation).toBeUndefined()
  expect(take(start, true, 1).state.generation).toBe(1)
})

test('a note finds its words in a document that began anew, unless they are gone or in two places', () => {
  const long = longDraft()
  const before = openDraft(long.state.doc)
  const passage = pinPassage(before, 'core', 1, 3)
  if (!passage) throw new Error('no passage')
  expect(findQuoted(before, passage, '停售')).toEqual({ start: 1, end: 3 })
  const now = openDraft(take(long).state.doc)
  expect(findPassage(now, passage)).toBeNull()
  expect(findQuoted(now, passage, '停售')).toEqual({ start: 1, end: 3 })
  coreOf(now).insert(0, '请注意：')
  expect(findQuoted(now, passage, '停售')).toEqual({ start: 5, end: 7 })
  coreOf(now).insert(0, '停售，')
  expect(findQuoted(now, passage, '停售')).toBeNull()
  coreOf(now).delete(0, coreOf(now).length)
  expect(findQuoted(now, passage, '停售')).toBeNull()
})

test('what others wrote in the old document meanwhile is carried over, and stays beside what is written in the new one', () => {
  const long = longDraft()
  const offline = openDraft(long.state.doc)
  offline.clientID = 60
  const first = edit(offline, () => coreOf(offline).insert(0, '请注意，'))
  const second = edit(offline, () => coreOf(offline).insert(4, '本批次'))

  let draft = take(long)
  const online = openDraft(draft.state.doc)
  online.clientID = 70
  const added = edit(online, () => coreOf(online).insert(coreOf(online).length, '检测中。'))
  draft = after(draft, CARA, 'wording-draft.edit', { update: added, authors: [], of: 1 })
  // Pending, it is not carried over yet; the hub's result might differ.
  expect(contentOf(after(draft, BEN, 'wording-draft.edit', { update: first, authors: [], of: 0 }, false)).core).toBe('已停售。检测中。')
  for (const update of [first, second]) draft = after(draft, BEN, 'wording-draft.edit', { update, authors: [], of: 0 })
  expect(contentOf(draft)).toEqual({ ...CONTENT, core: '请注意，本批次已停售。检测中。' })
  expect(draft.state.contributors.toSorted()).toEqual([BEN, CARA].toSorted())
  // Nobody writes as the hub does.
  const forged = openDraft(draft.state.doc)
  forged.clientID = 2 ** 32 + 3
  const update = edit(forged, () => coreOf(forged).insert(0, '伪'))
  expect(after(draft, BEN, 'wording-draft.edit', { update, authors: [], of: 1 }).state.doc).toBe(draft.state.doc)
})

test('text for a part that is no longer there is kept beside the draft until somebody settles it', () => {
  const long = longDraft()
  const offline = openDraft(long.state.doc)
  offline.clientID = 60
  const typed = edit(offline, () => ((offline.getMap('blocks').get('a') as Y.Map<unknown>).get('text') as Y.Text).insert(0, '请先断电，'))
  let draft = take(long)
  for (const update of editsTowards(draft.state.doc, { ...CONTENT, blocks: CONTENT.blocks.slice(1) }, 80))
    draft = after(draft, CARA, 'wording-draft.edit', { update, authors: [], of: 1 })
  draft = after(draft, BEN, 'wording-draft.edit', { update: typed, authors: [], of: 0 })
  expect(contentOf(draft).blocks.map(({ id }) => id)).toEqual(['b'])
  expect(draft.state.kept).toEqual([{ text: '请先断电，请停止使用。', by: BEN, at: TWO_AT_NIGHT }])
  // A revision does not settle it: nobody may have seen it. An earlier version of the app dropped it.
  const taken = take(draft)
  expect(taken.state.kept).toEqual(draft.state.kept)
  expect(take(draft, true, 1).state.kept).toEqual([])
  const settle = (text: string) => after(taken, ANN, 'wording-draft.settle', { text, by: BEN, how: 'dismissed' })
  expect(settle('请先断电，请停止使用。').state.kept).toEqual([])
  expect(settle('别的字').state.kept).toEqual(draft.state.kept)
})
