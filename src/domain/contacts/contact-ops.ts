import { z } from 'zod'
import { writeField, type Entity } from '../log/entity.ts'
import { LoggedUuid } from '../log/ids.ts'
import type { DecisionContext } from '../define-entity.ts'
import { createEntity, type Applied } from '../log/entity.ts'
import type { Op } from '../log/op.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { readAddress } from './channel-address.ts'
import { CONTACT } from './contact-entity.ts'
import { changedByHand, importedAgain, importUndone, marksOfOp, MAX_IMPORT_OPS } from './import-marks.ts'
import { ChannelFields, ContactFields, MAX_CHANNELS, Proof, type ContactChannel, type ContactState } from './contact.ts'

type Contact = Entity<ContactState>

export const ContactAdd = z.strictObject({ contact: ContactFields, channels: z.array(ChannelFields).max(MAX_CHANNELS) })
/** Adds a person of a file, or to a person that is there the channels that it lacks. It overwrites nothing. */
export const ContactImport = ContactAdd
export const ContactRevise = ContactFields.partial()
/** Adds a channel, or changes address, label or position of an existing one. `at`: its position; default: its current one, or last. */
export const ChannelSet = ChannelFields.extend({
  at: z.int().min(0).max(MAX_CHANNELS).optional(),
  /** The stored address that the author saw, null for a new channel; left out, it is not compared. */
  was: ChannelFields.shape.address.nullable().optional(),
})
/**
 * `label`: the removed one. It may hold a masked number, which an undo must restore where the log before a snapshot is not stored.
 * Devices that know version 1 only may refuse a body with it, so it is written as version 2; some early logs have it in version 1.
 */
export const ChannelRemove = z.strictObject({ channelId: LoggedUuid, label: ChannelFields.shape.label.optional() })
/** `address`: the address that was verified; `how` null removes the mark. */
export const ChannelVerify = z.strictObject({ channelId: LoggedUuid, address: ChannelFields.shape.address, how: Proof.nullable() })
export const ContactRemove = z.strictObject({ removed: z.boolean() })
/** `ops`: those that one import wrote on this contact. */
export const ContactUndoImport = z.strictObject({ ops: z.array(LoggedUuid).min(1).max(MAX_IMPORT_OPS) })

const isOwn = (contact: Contact, context: DecisionContext) => contact.state.memberId === context.actorId

function problemOf(channels: readonly Pick<ChannelFields, 'id' | 'kind' | 'address'>[]): Refusal | null {
  if (channels.length > MAX_CHANNELS) return refuse('too-many', { limit: MAX_CHANNELS })
  const odd = channels.find(({ kind, address }) => {
    const read = readAddress(kind, address)
    return !read.ok || read.address !== address
  })
  if (odd) return refuse('malformed', { detail: `channels: not an address of ${odd.kind}` })
  const doubled = new Set(channels.map(({ id }) => id)).size < channels.length
  return doubled ? refuse('malformed', { detail: 'channels: two with one id' }) : null
}

/** A new address is unverified; a new label keeps the verification. */
function withChannel(
  known: readonly ContactChannel[],
  { at, was: _was, ...channel }: z.infer<typeof ChannelSet>,
): readonly ContactChannel[] {
  const before = known.find(({ id }) => id === channel.id)
  const proved = before?.kind === channel.kind && before.address === channel.address
  const next = { ...channel, verified: proved ? before.verified : null }
  const others = known.filter(({ id }) => id !== channel.id)
  const place = at ?? (before ? known.indexOf(before) : others.length)
  return others.toSpliced(place, 0, next).slice(0, MAX_CHANNELS)
}

function newContact(op: Op, { contact, channels }: z.infer<typeof ContactAdd>, applied: Applied): Contact {
  return createEntity<ContactState>(op, {
    ...contact,
    channels: channels.map((channel) => ({ ...channel, verified: null })),
    createdAt: applied.recordedAt,
    removed: false,
  })
}

/** The channels that a contact does not have, by id or by address. */
function lacking(contact: Contact, channels: readonly ChannelFields[]): ChannelFields[] {
  return channels.filter(
    ({ id, kind, address }) => !contact.state.channels.some((one) => one.id === id || (one.kind === kind && one.address === address)),
  )
}

/** Channels are folded in log order, not as one register, so that concurrent edits of different channels are both kept. */
const withChannels = (contact: Contact, channels: readonly ContactChannel[]): Contact => ({
  ...contact,
  state: { ...contact.state, channels },
})

const REMOVE_CHANNEL = {
  action: 'contact.revise',
  own: isOwn,
  expects: null,
  notifies: null,
  webhook: null,
  body: ChannelRemove,
  decide: (_context: DecisionContext, contact: Contact | undefined, { channelId }: z.infer<typeof ChannelRemove>) =>
    contact?.state.channels.some(({ id }) => id === channelId) ? null : refuse('not-found'),
  fold: (contact: Contact | undefined, { channelId }: z.infer<typeof ChannelRemove>) =>
    contact
      ? changedByHand(
          withChannels(
            contact,
            contact.state.channels.filter(({ id }) => id !== channelId),
          ),
          channelId,
        )
      : undefined,
} as const

const exists = (_context: DecisionContext, contact: Contact | undefined) => (contact ? null : refuse('not-found'))

const unknownMember = (context: DecisionContext, memberId: string | null | undefined) =>
  memberId && !context.read('member', memberId) ? refuse('not-found') : null

export const CONTACT_OPS = [
  CONTACT.op('contact.add', {
    action: 'contact.add',
    version: 1,
    expects: null,
    notifies: null,
    webhook: null,
    body: ContactAdd,
    decide: (context, contact, { contact: { memberId }, channels }) =>
      contact ? refuse('already-exists') : (unknownMember(context, memberId) ?? problemOf(channels)),
    fold: (contact, body, applied, op) => contact ?? newContact(op, body, applied),
  }),
  CONTACT.op('contact.import', {
    action: 'contact.add',
    version: 1,
    expects: null,
    notifies: null,
    webhook: null,
    body: ContactImport,
    decide: (context, contact, { contact: { memberId }, channels }) => {
      const refusal = unknownMember(context, memberId) ?? problemOf(channels)
      if (refusal || !contact) return refusal
      // Nobody would see what it adds; the author restores the contact first, or leaves it removed.
      if (contact.state.removed) return refuse('contact-removed')
      const count = contact.state.channels.length + lacking(contact, channels).length
      return count > MAX_CHANNELS ? refuse('too-many', { limit: MAX_CHANNELS }) : null
    },
    fold: (contact, body, applied, op) => {
      if (!contact) return marksOfOp(newContact(op, body, applied), op.opId)
      const added = lacking(contact, body.channels).map((channel) => ({ ...channel, verified: null }))
      const channels = [...contact.state.channels, ...added].slice(0, MAX_CHANNELS)
      const named = contact.state.channels.filter(({ id, kind, address }) =>
        body.channels.some((one) => one.id === id || (one.kind === kind && one.address === address)),
      )
      const idsOf = (some: readonly { id: string }[]) => some.map(({ id }) => id)
      const next = added.length === 0 ? contact : withChannels(contact, channels)
      return importedAgain(next, op.opId, idsOf(channels.slice(contact.state.channels.length)), idsOf(named))
    },
  }),
  CONTACT.op('contact.revise', {
    // `memberId` decides who may change a contact, so setting it needs the permission of `contact.add`.
    action: (body) => (body.memberId === undefined ? 'contact.revise' : 'contact.add'),
    own: isOwn,
    version: 1,
    expects: null,
    notifies: null,
    webhook: null,
    body: ContactRevise,
    decide: (context, contact, body) => exists(context, contact) ?? unknownMember(context, body.memberId),
    fold: (contact, body, applied) => {
      if (!contact) return undefined
      let next = contact
      for (const field of Object.keys(ContactFields.shape) as (keyof ContactFields)[])
        if (body[field] !== undefined && body[field] !== next.state[field]) next = writeField(next, field, body[field], applied)
      return changedByHand(next)
    },
  }),
  CONTACT.op('contact.set-channel', {
    action: 'contact.revise',
    own: isOwn,
    version: 1,
    expects: null,
    notifies: null,
    webhook: null,
    body: ChannelSet,
    decide: (_context, contact, channel) => {
      if (!contact) return refuse('not-found')
      const stored = contact.state.channels.find(({ id }) => id === channel.id)?.address ?? null
      // Otherwise a move that was written offline would bring back an old number, or a channel that a colleague removed.
      if (channel.was !== undefined && channel.was !== stored) return refuse('changed-meanwhile', { field: 'address' })
      const others = contact.state.channels.filter(({ id }) => id !== channel.id)
      // Stored channels are only counted: one that a later version no longer reads must not block the others.
      return others.length < MAX_CHANNELS ? problemOf([channel]) : refuse('too-many', { limit: MAX_CHANNELS })
    },
    fold: (contact, body) =>
      contact ? changedByHand(withChannels(contact, withChannel(contact.state.channels, body)), body.id) : undefined,
  }),
  CONTACT.op('contact.remove-channel', { ...REMOVE_CHANNEL, version: 1 }),
  CONTACT.op('contact.remove-channel', { ...REMOVE_CHANNEL, version: 2 }),
  CONTACT.op('contact.verify-channel', {
    action: 'contact.revise',
    own: isOwn,
    version: 1,
    expects: null,
    notifies: null,
    webhook: null,
    body: ChannelVerify,
    decide: (_context, contact, { channelId, address }) => {
      const channel = contact?.state.channels.find(({ id }) => id === channelId)
      if (!channel) return refuse('not-found')
      // The verification applies to an address; if the address has changed since, it is void.
      return channel.address === address ? null : refuse('changed-meanwhile', { field: 'address' })
    },
    fold: (contact, { channelId, address, how }, applied) => {
      if (!contact) return undefined
      const verified = how === null ? null : { at: applied.recordedAt, by: applied.actor, how }
      const channels = contact.state.channels.map((one) => (one.id === channelId && one.address === address ? { ...one, verified } : one))
      return changedByHand(withChannels(contact, channels), channelId)
    },
  }),
  CONTACT.op('contact.remove', {
    action: 'contact.add',
    version: 1,
    expects: null,
    notifies: null,
    webhook: null,
    body: ContactRemove,
    decide: exists,
    fold: (contact, { removed }, applied, op) => {
      if (!contact) return undefined
      const next = writeField(contact, 'removed', removed, applied)
      return contact.state.removed && !next.state.removed ? marksOfOp(next, op.opId) : changedByHand(next)
    },
  }),
  CONTACT.op('contact.undo-import', {
    action: 'contact.add',
    version: 1,
    expects: null,
    notifies: null,
    webhook: null,
    body: ContactUndoImport,
    // What others have changed meanwhile stays; that is no reason to refuse the rest.
    decide: exists,
    fold: (contact, { ops }, applied) => (contact ? importUndone(contact, ops, applied) : undefined),
  }),
]
