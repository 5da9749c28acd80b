import { expect, test } from 'vitest'
import { appliedPending } from '#domain/log/applied.ts'
import type { ContactState } from '#domain/contacts/contact.ts'
import type { Entity } from '#domain/log/entity.ts'
import type { Op } from '#domain/log/op.ts'
import { decide, step } from '#domain/step.ts'
import { ANN, BEN, contextOf, idOf, makeOp } from '#tests/support/log-texts.ts'

const CONTACT = idOf(97)
const MOBILE = { id: idOf(98), kind: 'mobile', address: '+8613800138000', label: '' }
const MAIL = { id: idOf(99), kind: 'email', address: 'qian@example.com', label: '' }
const fields = (memberId: string | null = null) => ({
  name: '钱进',
  organization: '',
  position: '副总裁',
  department: null,
  layer: 'decision',
  note: '',
  memberId,
})
const op = (type: string, body: Op['body']) => makeOp({ type: `contact.${type}`, kind: 'contact', id: CONTACT, body })
const after = (...ops: Op[]) =>
  ops.reduce<Entity | undefined>((now, one) => step(now, one, appliedPending(one, ANN)), undefined) as Entity<ContactState>
const added = op('add', { contact: fields(), channels: [MOBILE] })

test('a mark of proof belongs to one address: another address has none, another label keeps it', () => {
  const proved = [added, op('verify-channel', { channelId: MOBILE.id, address: MOBILE.address, how: 'answered' })]
  expect(after(...proved).state.channels[0]?.verified?.how).toBe('answered')
  expect(after(...proved, op('set-channel', { ...MOBILE, label: '夜间' })).state.channels[0]?.verified?.how).toBe('answered')
  expect(after(...proved, op('set-channel', { ...MOBILE, address: '+8613900139000' })).state.channels[0]?.verified).toBeNull()
  // Written offline about the old number: it does not verify the new one.
  const late = op('verify-channel', { channelId: MOBILE.id, address: MOBILE.address, how: 'answered' })
  expect(after(added, op('set-channel', { ...MOBILE, address: '+8613900139000' }), late).state.channels[0]?.verified).toBeNull()
})

test('channels keep the order in which they are tried', () => {
  const two = [added, op('set-channel', MAIL)]
  const order = (entity: Entity<ContactState>) => entity.state.channels.map(({ id }) => id)
  expect(order(after(...two))).toEqual([MOBILE.id, MAIL.id])
  expect(order(after(...two, op('set-channel', { ...MAIL, at: 0 })))).toEqual([MAIL.id, MOBILE.id])
  expect(order(after(...two, op('set-channel', { ...MOBILE, label: '夜间' })))).toEqual([MOBILE.id, MAIL.id])
  expect(order(after(...two, op('remove-channel', { channelId: MOBILE.id })))).toEqual([MAIL.id])
})

test('an address that is none, a thirteenth channel and a channel that is not there are refused', () => {
  const judge = (one: Op, entity?: Entity) => decide(contextOf(ANN, 'commander', entity), one)
  expect(judge(op('add', { contact: fields(), channels: [{ ...MOBILE, address: '138 0013 8000' }] }))?.code).toBe('malformed')
  expect(judge(op('add', { contact: fields(), channels: [MOBILE, MOBILE] }))?.code).toBe('malformed')
  expect(judge(added)).toBeNull()
  const contact = after(added)
  expect(judge(added, contact)?.code).toBe('already-exists')
  expect(judge(op('remove-channel', { channelId: MAIL.id }), contact)?.code).toBe('not-found')
  expect(judge(op('verify-channel', { channelId: MOBILE.id, address: MAIL.address, how: null }), contact)?.code).toBe('changed-meanwhile')
  const full = after(
    op('add', {
      contact: fields(),
      channels: Array.from({ length: 12 }, (_, index) => ({ ...MOBILE, id: idOf(200 + index), address: `+86138001380${10 + index}` })),
    }),
  )
  expect(judge(op('set-channel', MAIL), full)?.code).toBe('too-many')
})

test('a stored channel that is read otherwise today blocks no other channel', () => {
  const odd = after(op('add', { contact: fields(), channels: [{ ...MOBILE, address: 'read by an earlier version' }] }))
  const judge = (one: Op) => decide(contextOf(ANN, 'commander', odd), one)
  expect(judge(op('set-channel', MAIL))).toBeNull()
  expect(judge(op('set-channel', { ...MAIL, address: 'nobody' }))?.code).toBe('malformed')
})

test('a new contact stands for a member of the team, or for nobody', () => {
  const member = { kind: 'member', id: BEN, scope: 'team' } as Entity
  const judge = (memberId: string | null) =>
    decide(contextOf(ANN, 'commander', member), op('add', { contact: fields(memberId), channels: [] }))
  expect([judge(null), judge(BEN), judge(idOf(0xc))?.code]).toEqual([null, null, 'not-found'])
})

test('everybody keeps their own numbers right; whom a contact stands for is not theirs to say', () => {
  const own = after(op('add', { contact: fields(ANN), channels: [MOBILE] }))
  const others = after(op('add', { contact: fields(BEN), channels: [MOBILE] }))
  const judge = (one: Op, entity: Entity) => decide(contextOf(ANN, 'technical', entity), one)
  expect(judge(op('set-channel', MAIL), own)).toBeNull()
  expect(judge(op('set-channel', MAIL), others)?.code).toBe('not-permitted')
  expect(judge(op('revise', { memberId: null }), own)?.code).toBe('not-permitted')
  expect(judge(op('remove', { removed: true }), own)?.code).toBe('not-permitted')
})

test('a move that was written offline brings back neither an old number nor a removed channel', () => {
  const judge = (one: Op, entity: Entity) => decide(contextOf(ANN, 'commander', entity), one)
  const move = op('set-channel', { ...MOBILE, at: 0, was: MOBILE.address })
  const contact = after(added, op('set-channel', MAIL))
  expect(judge(move, contact)).toBeNull()
  expect(judge(op('set-channel', { ...MAIL, id: idOf(210), was: null }), contact)).toBeNull()
  const corrected = after(added, op('set-channel', { ...MOBILE, address: '+8613900139000', was: MOBILE.address }))
  expect(judge(move, corrected)?.code).toBe('changed-meanwhile')
  const removed = after(added, op('remove-channel', { channelId: MOBILE.id }))
  expect(judge(move, removed)?.code).toBe('changed-meanwhile')
  expect(judge(op('set-channel', { ...MOBILE, was: null }), removed)).toBeNull()
})

test('two imports of one person make one contact, in either order: each adds what is missing and overwrites nothing', () => {
  const contact = { ...fields(), position: '' }
  const first = op('import', { contact: { ...contact, position: '副总裁' }, channels: [MOBILE] })
  const second = op('import', { contact, channels: [{ ...MOBILE, id: idOf(201), label: '夜间' }, MAIL] })
  const judge = (one: Op, entity?: Entity) => decide(contextOf(ANN, 'commander', entity), one)
  expect([judge(first), judge(second, after(first)), judge(first, after(second))]).toEqual([null, null, null])
  expect(after(first, second).state).toMatchObject({ position: '副总裁', channels: [MOBILE, MAIL] })
  expect(after(second, first).state.channels.map(({ address }) => address)).toEqual([MOBILE.address, MAIL.address])
  expect(after(first, op('remove', { removed: true }), second).state.removed).toBe(true)
  const proved = [first, op('verify-channel', { channelId: MOBILE.id, address: MOBILE.address, how: 'answered' })]
  expect(after(...proved, second).state.channels[0]?.verified?.how).toBe('answered')
  const many = Array.from({ length: 11 }, (_, index) => ({ ...MOBILE, id: idOf(300 + index), address: `+86138001381${10 + index}` }))
  expect(judge(op('import', { contact, channels: many }), after(first, op('set-channel', MAIL)))?.code).toBe('too-many')
})
