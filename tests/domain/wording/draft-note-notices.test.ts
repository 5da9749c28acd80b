import { expect, test } from 'vitest'
import { addDraftNote } from '#domain/commands/draft-note-commands.ts'
import { noticesOf } from '#domain/notices/notice-rules.ts'
import { appliedPending } from '#domain/log/applied.ts'
import { step } from '#domain/step.ts'
import { idOf, makeOp } from '#tests/support/log-texts.ts'
import { AUTHOR, createTeam, PR, sayingCore, TEXT } from './wording-team.ts'

const [ANN, BEN, CARA] = [idOf(0xa0), idOf(0xa1), idOf(0xa2)]
const [OF, NOTE] = [idOf(0xe1), idOf(0xe4)]

const opOf = (type: string, version: number, body: Record<string, unknown>) => makeOp({ type, version, kind: 'draft-note', id: NOTE, body })

const added = { wordingId: OF, passage: { at: 'core', start: 'AAAA', end: 'AAAA' }, quote: '停售', body: '写明批次', replacement: null }
const add = opOf('draft-note.add', 2, { ...added, tell: [ANN, BEN] })
const answerOf = (body: string) => opOf('draft-note.answer', 1, { body })

const told = (op: ReturnType<typeof opOf>, actor: string, before: ReturnType<typeof step>) =>
  noticesOf({ op, actor, before, incident: undefined, followers: undefined }).map(({ recipient, content }) => ({
    recipient,
    rule: content.rule,
    subject: content.subject,
    params: content.params,
  }))

test('who wrote in a draft is told of a note on it, never its author, and an earlier version tells nobody', () => {
  const subject = { kind: 'draft-note', id: NOTE }
  expect(told(add, BEN, undefined)).toEqual([{ recipient: ANN, rule: 'draft-noted', subject, params: { wordingId: OF } }])
  expect(told(opOf('draft-note.add', 1, added), BEN, undefined)).toEqual([])
  expect(told(opOf('draft-note.add', 2, { ...added, tell: [] }), BEN, undefined)).toEqual([])
  // The note itself is the same in both versions.
  const of = (op: ReturnType<typeof opOf>) => step(undefined, op, appliedPending(op, BEN))?.state
  expect(of(add)).toEqual(of(opOf('draft-note.add', 1, added)))
})

test('an answer is told to who began the note and who has answered it, once', () => {
  const note = step(undefined, add, appliedPending(add, BEN))
  const first = answerOf('好')
  expect(told(first, ANN, note)).toMatchObject([{ recipient: BEN, rule: 'draft-answered', params: { wordingId: OF } }])
  const answered = step(note, first, appliedPending(first, ANN))
  expect(told(answerOf('改了'), CARA, answered).map(({ recipient }) => recipient)).toEqual([BEN, ANN])
  expect(told(answerOf('谢谢'), BEN, answered).map(({ recipient }) => recipient)).toEqual([ANN])
})

test('who wrote the version that was just saved is told as well, although the draft has no writers yet', () => {
  const team = createTeam()
  team.start(sayingCore('已停售。'))
  const noteOn = (noteId: string) => {
    team.world.sync(PR)
    const passage = { at: 'core', start: 'AAAA', end: 'AAAA' }
    return addDraftNote(team.world.readOf(PR), { wordingId: TEXT, noteId, passage, quote: '停售', body: '写明批次', replacement: null })
  }
  expect(noteOn(idOf(0xe5))).toMatchObject([{ version: 2, body: { tell: [AUTHOR] } }])
  expect(team.save()).toBeNull()
  expect(noteOn(idOf(0xe6))).toMatchObject([{ version: 2, body: { tell: [AUTHOR] } }])
})
