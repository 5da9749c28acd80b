import { writeField, type Applied, type Entity } from '../log/entity.ts'
import type { ContactState, ImportMarks } from './contact.ts'

type Contact = Entity<ContactState>

/** More ops than one import writes on a contact. A contact that got more counts as changed by hand. */
export const MAX_IMPORT_OPS = 20

const NONE: ImportMarks = { ops: [], channels: {} }

const withMarks = (contact: Contact, imported: ImportMarks): Contact => ({ ...contact, state: { ...contact.state, imported } })

const without = (channels: ImportMarks['channels'], ids: readonly string[]) =>
  Object.fromEntries(Object.entries(channels).filter(([id]) => !ids.includes(id)))

/** Marks a contact that an import created, or that was restored. */
export function marksOfOp(contact: Contact, opId: string): Contact {
  return withMarks(contact, { ops: [opId], channels: contact.state.imported?.channels ?? {} })
}

/** The marks after a change that is no import: the undo of an import leaves the contact, and the channel if it concerned one. */
export function changedByHand(contact: Contact, channelId?: string): Contact {
  const { imported } = contact.state
  if (!imported) return contact
  return withMarks(contact, { ops: [], channels: channelId === undefined ? imported.channels : without(imported.channels, [channelId]) })
}

/**
 * The marks after an import onto an existing contact.
 * @param added the channels that it added
 * @param named the channels of the contact that it named as well: they are no longer one import's alone
 */
export function importedAgain(contact: Contact, opId: string, added: readonly string[], named: readonly string[]): Contact {
  const { ops, channels } = contact.state.imported ?? NONE
  const next: ImportMarks = {
    ops: ops.length === 0 || ops.length >= MAX_IMPORT_OPS ? [] : [...ops, opId],
    channels: { ...without(channels, named), ...Object.fromEntries(added.map((id) => [id, opId])) },
  }
  return contact.state.imported || added.length > 0 ? withMarks(contact, next) : contact
}

/**
 * Undoes the ops of one import on a contact. It removes the contact if they created or restored it and nobody has written it since,
 * else the channels that they added and nobody has changed since.
 */
export function importUndone(contact: Contact, undone: readonly string[], applied: Applied): Contact {
  const { ops, channels } = contact.state.imported ?? NONE
  const gone = Object.keys(channels).filter((id) => undone.includes(channels[id] ?? ''))
  const whole = ops.length > 0 && ops.every((op) => undone.includes(op))
  if (!whole && gone.length === 0) return contact
  const left = {
    ...contact,
    state: {
      ...contact.state,
      channels: contact.state.channels.filter(({ id }) => !gone.includes(id)),
      imported: { ops: [], channels: without(channels, gone) },
    },
  }
  return whole ? writeField(left, 'removed', true, applied) : left
}
