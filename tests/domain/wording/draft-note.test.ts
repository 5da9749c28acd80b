import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { acceptDraftNote, addDraftNote, answerDraftNote, closeDraftNote } from '#domain/commands/draft-note-commands.ts'
import { createWording, editDraft } from '#domain/commands/wording-commands.ts'
import type { CommandRefusal, Draft } from '#domain/commands/command.ts'
import type { Entity } from '#domain/log/entity.ts'
import { appliedPending } from '#domain/log/applied.ts'
import { EMPTY_CONTENT, type WordingContent } from '#domain/wording/content.ts'
import { changeText, editsTowards, openDraft, readDraft, seedDraft } from '#domain/wording/draft-document.ts'
import { findPassage, pinPassage, textAt } from '#domain/wording/draft-passage.ts'
import { DRAFT_NOTE, WORDING_DRAFT } from '#domain/wording/wording-entity.ts'
import { step } from '#domain/step.ts'
import { declaration, idOf, INCIDENT, makeOp, memberWith } from '#tests/support/log-texts.ts'
import { createUuids, seeded } from '#tests/support/seeded.ts'
import { createWorld } from './approval-world.ts'

const BLOCK = { id: 'b1', kind: 'text', text: '退款三天到账。', action: '', owner: '', deadline: '' } as const
const CONTENT: WordingContent = { ...EMPTY_CONTENT, title: '退款', core: '我们会退款。', blocks: [BLOCK] }
const [ANN, BEN] = [idOf(0xa0), idOf(0xa1)]
const WORDING_ID = idOf(0xe1)
const AT = 'blocks.b1.text'

/** A team of two with one text in an incident. */
function openTeam() {
  const world = createWorld(createUuids(7))
  for (const [id, name] of [
    [ANN, '安'],
    [BEN, '本'],
  ] as const)
    world.put({
      kind: 'member',
      id,
      scope: 'team',
      state: memberWith({ name, role: 'pr' }),
      stamps: {},
      superseded: [],
      newer: false,
    } as unknown as Entity)
  const declare = makeOp({ type: 'incident.declare', kind: 'incident', id: INCIDENT, body: declaration() })
  const incident = step(undefined, declare, appliedPending(declare, ANN))
  if (!incident) throw new Error('no incident')
  world.put(incident)
  const place = { kind: 'script', statement: null, scenario: '', emotion: null, language: 'zh-Hans', preparedFor: '' } as const
  for (const one of [ANN, BEN]) world.sync(one)
  world.write(ANN, createWording(world.readOf(ANN), { wordingId: WORDING_ID, incidentId: INCIDENT, place, content: CONTENT }))
  for (const one of [ANN, BEN]) world.sync(one)
  const draftOf = (who: string) => world.readOf(who).one(WORDING_DRAFT, WORDING_ID)?.state
  const docOf = (who: string) => openDraft(draftOf(who)?.doc ?? '')
  const write = (who: string, drafts: Draft[] | CommandRefusal) => world.write(who, drafts)
  return {
    world,
    docOf,
    authorsOf: (who: string) => draftOf(who)?.contributors,
    noteOf: (who: string, id: string) => world.readOf(who).one(DRAFT_NOTE, id)?.state,
    textOf: (who: string, at = AT) => textAt(docOf(who), at)?.toString(),
    write,
    note(who: string, noteId: string, start: number, end: number, replacement: string | null, body = '太久') {
      const passage = pinPassage(docOf(who), AT, start, end)
      const quote = (textAt(docOf(who), AT)?.toString() ?? '').slice(start, end)
      if (!passage) throw new Error('no passage')
      return write(who, addDraftNote(world.readOf(who), { wordingId: WORDING_ID, noteId, passage, quote, body, replacement }))
    },
    type(who: string, client: number, change: (content: WordingContent) => WordingContent) {
      const read = readDraft(docOf(who))
      if (!read.ok) throw new Error(read.problem)
      for (const update of editsTowards(draftOf(who)?.doc ?? '', change(read.content), client))
        write(who, editDraft(world.readOf(who), { wordingId: WORDING_ID, update, generation: 0 }))
    },
  }
}

const withText = (text: (now: string) => string) => (content: WordingContent) => ({
  ...content,
  blocks: content.blocks.map((block) => ({ ...block, text: text(block.text) })),
})
const [NOTE, OTHER] = [idOf(0xb1), idOf(0xb2)]
const ref = (noteId: string) => ({ wordingId: WORDING_ID, noteId })

test('a passage stays on its characters whatever is typed around it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), fc.nat(6), fc.nat(6), (before, after, a, b) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b) + 1]
      const doc = openDraft(seedDraft(CONTENT))
      doc.clientID = 77
      const passage = pinPassage(doc, AT, start, end)
      const text = textAt(doc, AT)
      if (!passage || !text) throw new Error('no passage')
      const quote = text.toString().slice(start, end)
      text.insert(end, after)
      text.insert(start, before)
      const found = findPassage(doc, passage)
      expect(text.toString().slice(found?.start, found?.end)).toBe(quote)
    }),
    seeded(200),
  )
})

test('a passage whose characters are deleted is empty; whose part is deleted, gone; what is no position is gone', () => {
  const doc = openDraft(seedDraft(CONTENT))
  const passage = pinPassage(doc, AT, 2, 4)
  if (!passage) throw new Error('no passage')
  const text = textAt(doc, AT)
  if (text) changeText(text, '退款到账。')
  expect(findPassage(doc, passage)).toEqual({ start: 2, end: 2 })
  const strange = Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(new Y.Doc().getText('strange'), 0))
  const foreign = Buffer.from(strange).toString('base64')
  expect(findPassage(doc, { at: 'core', start: foreign, end: foreign })).toBeNull()
  expect([...doc.share.keys()]).not.toContain('strange')
  expect(findPassage(doc, { at: 'core', start: 'AAAA', end: '////' })).toBeNull()
  // A position in another field.
  expect(findPassage(doc, { ...passage, at: 'core' })).toBeNull()
  doc.getMap('blocks').delete('b1')
  expect(findPassage(doc, passage)).toBeNull()
  expect(pinPassage(doc, AT, 0, 1)).toBeNull()
})

test('comments, answers and typing of two people who are offline merge', () => {
  const { world, note, noteOf, type, textOf, docOf, write } = openTeam()
  note(ANN, NOTE, 2, 4, null)
  type(
    BEN,
    77,
    withText((now) => `您好，${now}`),
  )
  note(BEN, OTHER, 0, 2, null, '客气些')
  for (const one of [ANN, BEN, ANN]) world.sync(one)
  expect([textOf(ANN), textOf(BEN)]).toEqual(['您好，退款三天到账。', '您好，退款三天到账。'])
  const seen = noteOf(BEN, NOTE)
  const range = seen && findPassage(docOf(BEN), seen.passage)
  expect(textOf(BEN)?.slice(range?.start, range?.end)).toBe('三天')
  write(ANN, answerDraftNote(world.readOf(ANN), { ...ref(NOTE), body: '财务说两天' }))
  write(BEN, answerDraftNote(world.readOf(BEN), { ...ref(NOTE), body: '我去问' }))
  write(BEN, closeDraftNote(world.readOf(BEN), { ...ref(NOTE), how: 'resolved' }))
  write(ANN, closeDraftNote(world.readOf(ANN), { ...ref(NOTE), how: 'resolved' }))
  for (const one of [BEN, ANN, BEN]) world.sync(one)
  expect(world.judged.filter(({ refusal }) => refusal)).toEqual([])
  expect(noteOf(ANN, NOTE)).toMatchObject({ closed: { how: 'resolved', by: BEN }, answers: [{ by: BEN }, { by: ANN }] })
})

test('a suggestion that two people accept offline is written once, and its author becomes one of the text', () => {
  const { world, note, noteOf, type, textOf, authorsOf, write } = openTeam()
  note(ANN, NOTE, 2, 4, '两天')
  for (const one of [ANN, BEN]) world.sync(one)
  type(
    BEN,
    77,
    withText((now) => `您好，${now}`),
  )
  write(BEN, acceptDraftNote(world.readOf(BEN), ref(NOTE)))
  write(ANN, acceptDraftNote(world.readOf(ANN), ref(NOTE)))
  expect(textOf(BEN)).toBe('您好，退款两天到账。')
  for (const one of [ANN, BEN, ANN]) world.sync(one)
  expect([textOf(ANN), textOf(BEN)]).toEqual(['您好，退款两天到账。', '您好，退款两天到账。'])
  expect(authorsOf(BEN)).toEqual(expect.arrayContaining([ANN, BEN]))
  expect(noteOf(ANN, NOTE)?.closed).toMatchObject({ how: 'accepted', by: ANN })
  expect(world.judged.filter(({ refusal }) => refusal)).toEqual([])
  // Accepted again, it changes nothing.
  expect(acceptDraftNote(world.readOf(ANN), ref(NOTE))).toMatchObject({ code: 'changed-meanwhile' })
})

test('a suggestion is not accepted once it was refused, or once its passage reads otherwise', () => {
  const { world, note, noteOf, type, textOf, write } = openTeam()
  note(ANN, NOTE, 2, 4, '两天')
  note(ANN, OTHER, 0, 2, '退货款')
  for (const one of [ANN, BEN]) world.sync(one)
  write(BEN, closeDraftNote(world.readOf(BEN), { ...ref(NOTE), how: 'refused' }))
  write(ANN, acceptDraftNote(world.readOf(ANN), ref(NOTE)))
  expect(textOf(ANN)).toBe('退款两天到账。')
  for (const one of [BEN, ANN, BEN]) world.sync(one)
  expect([textOf(ANN), textOf(BEN)]).toEqual(['退款三天到账。', '退款三天到账。'])
  expect(noteOf(ANN, NOTE)?.closed?.how).toBe('refused')
  expect(world.judged.flatMap(({ refusal }) => refusal?.code ?? [])).toEqual(['changed-meanwhile', 'depends-on-rejected'])
  type(
    BEN,
    77,
    withText((now) => now.replace('退款', '退回')),
  )
  world.sync(BEN)
  expect(acceptDraftNote(world.readOf(BEN), ref(OTHER))).toMatchObject({ code: 'changed-meanwhile', params: { field: 'text' } })
  // A comment is not accepted, and a suggestion not resolved.
  expect(write(BEN, closeDraftNote(world.readOf(BEN), { ...ref(OTHER), how: 'resolved' }))).not.toBeNull()
  expect(note(BEN, idOf(0xb3), 0, 1, null, '')).not.toBeNull()
})

test('a suggestion is accepted as an edit of the generation of the draft', () => {
  const { world, note } = openTeam()
  note(ANN, NOTE, 2, 4, '两天')
  const read = world.readOf(ANN)
  const draft = WORDING_DRAFT.as(read.one(WORDING_DRAFT, WORDING_ID))
  if (!draft) throw new Error('no draft')
  Object.assign(draft.state, { generation: 1 })
  const accepted = acceptDraftNote({ ...read, one: (of, id) => (of.kind === 'wording-draft' ? of.as(draft) : read.one(of, id)) }, ref(NOTE))
  expect(accepted).toMatchObject([{}, { type: 'wording-draft.edit', version: 2, body: { of: 1 } }])
})
