import { CONTACT } from '#domain/contacts/contact-entity.ts'
import { readAddress, writtenAddress } from '#domain/contacts/channel-address.ts'
import type { ChannelFields, ContactState } from '#domain/contacts/contact.ts'
import type { Entity } from '#domain/log/entity.ts'
import { DEPARTMENTS, LAYERS } from '#domain/people/assignment.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { ContactView } from '#contract/contact-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { contactDraft } from '../contacts/plan-import.ts'
import { actorHere, memberNames, pendingIds, write, type ServiceContext } from '../context/service-context.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import type { Draft } from '../store/replica-store.ts'
import { editionsOf } from '#domain/texts/free-texts.ts'
import { refuseUnseen } from '#domain/texts/unseen.ts'

export type ContactHandlers = Pick<
  ApiHandlers,
  | 'contacts.list'
  | 'contacts.add'
  | 'contacts.revise'
  | 'contacts.setChannel'
  | 'contacts.removeChannel'
  | 'contacts.verifyChannel'
  | 'contacts.remove'
  | 'contacts.undoImport'
>

const BY_NAME = new Intl.Collator('zh-Hans-u-co-pinyin')

/** Sorts layers from above, departments in their order, people outside both last; then by name. */
function inOrder(one: ContactState, other: ContactState): number {
  const place = (index: number) => (index < 0 ? Number.MAX_SAFE_INTEGER : index)
  const layer = (state: ContactState) => place(state.layer === null ? -1 : LAYERS.indexOf(state.layer))
  const department = (state: ContactState) => place(state.department === null ? -1 : DEPARTMENTS.indexOf(state.department))
  return layer(one) - layer(other) || department(one) - department(other) || BY_NAME.compare(one.name, other.name)
}

/** The team's contacts in their current state, including those removed from the list. */
export function contactReader(context: ServiceContext): () => Entity<ContactState>[] {
  const all = context.db.prepare<[], EntityRow>("SELECT * FROM entity WHERE kind = 'contact' ORDER BY row")
  return () =>
    all.all().flatMap((row) => {
      const entity = CONTACT.as(seenEntity(row))
      return entity ? [entity] : []
    })
}

/** The emergency contact list (紧急联络清单, OR-10): how each person is reached. Every device of the team holds it, also without the hub. */
export function contactService(context: ServiceContext): ContactHandlers {
  const contacts = contactReader(context)
  const isPending = pendingIds(context, CONTACT.kind)

  function viewer(): (entity: Entity<ContactState>) => ContactView {
    const names = memberNames(context)
    const me = actorHere(context)
    return (entity) => {
      const {
        id,
        state: { channels, imported: _imported, ...state },
      } = entity
      const own = me !== null && state.memberId === me.id
      // Vendors do not see the addresses of the team's people, only that a person can be reached.
      const closed = me?.state.vendor !== null && !own
      return {
        ...state,
        id,
        own,
        editions: editionsOf(entity),
        pending: isPending(id),
        channels: channels.map((channel) => ({
          ...channel,
          address: closed ? '' : channel.address,
          written: closed ? '' : writtenAddress(channel.kind, channel.address),
          verifiedByName: channel.verified ? names(channel.verified.by) : null,
        })),
      }
    }
  }

  function written(id: string, drafts: readonly Draft[]): Result<ContactView> {
    const result = write(context, drafts)
    if (!result.ok) return result
    const entity = CONTACT.read(context.store, id)
    return entity ? done(viewer()(entity)) : fail('not-found')
  }

  function withAddress<Channel extends Omit<ChannelFields, 'id'>>(channel: Channel): Result<Channel> {
    const read = readAddress(channel.kind, channel.address)
    return read.ok
      ? done({ ...channel, address: read.address })
      : fail('contact-address', { problem: read.problem, address: channel.address })
  }

  return {
    'contacts.list': ({ removed }) => {
      const view = viewer()
      return done(
        contacts()
          .filter(({ state }) => removed || !state.removed)
          .toSorted((one, other) => inOrder(one.state, other.state))
          .map(view),
      )
    },
    'contacts.add': ({ contact, channels }) => {
      const id = context.uuid()
      const read = channels.map(withAddress)
      const bad = read.find((one) => !one.ok)
      if (bad && !bad.ok) return bad
      const ready = read.flatMap((one) => (one.ok ? [{ id: context.uuid(), ...one.value }] : []))
      return written(id, [contactDraft(id, 'contact.add', { contact, channels: ready })])
    },
    'contacts.revise': ({ contactId, change, seen }) => {
      const overtaken = refuseUnseen(context.store.read(CONTACT.kind, contactId), seen, change)
      return overtaken ? { ok: false, failure: overtaken } : written(contactId, [contactDraft(contactId, 'contact.revise', change)])
    },
    'contacts.setChannel': ({ contactId, channelId, channel, at }) => {
      const read = withAddress(channel)
      if (!read.ok) return read
      const stored = CONTACT.read(context.store, contactId)?.state.channels.find(({ id }) => id === channelId)
      const body = { ...read.value, id: channelId ?? context.uuid(), was: stored?.address ?? null, ...(at === undefined ? {} : { at }) }
      return written(contactId, [contactDraft(contactId, 'contact.set-channel', body)])
    },
    'contacts.removeChannel': ({ contactId, channelId }) => {
      const label = CONTACT.read(context.store, contactId)?.state.channels.find(({ id }) => id === channelId)?.label
      return written(contactId, [
        label
          ? contactDraft(contactId, 'contact.remove-channel', { channelId, label }, 2)
          : contactDraft(contactId, 'contact.remove-channel', { channelId }),
      ])
    },
    'contacts.verifyChannel': ({ contactId, channelId, address, how }) =>
      written(contactId, [contactDraft(contactId, 'contact.verify-channel', { channelId, address, how })]),
    'contacts.remove': ({ contactIds, removed }) => {
      const result = write(
        context,
        contactIds.map((id) => contactDraft(id, 'contact.remove', { removed })),
      )
      return result.ok ? done(null) : result
    },
    'contacts.undoImport': ({ contacts: imported }) => {
      const listed = () => imported.map(({ contactId }) => CONTACT.read(context.store, contactId)?.state)
      const before = listed()
      const drafts = imported.map(({ contactId, ops }) => contactDraft(contactId, 'contact.undo-import', { ops }))
      const result = drafts.length === 0 ? done(null) : write(context, drafts)
      if (!result.ok) return result
      const after = listed()
      const isKept = (state: ContactState | undefined, index: number) =>
        state?.removed === after[index]?.removed && state?.channels.length === after[index]?.channels.length
      return done({ kept: before.filter(isKept).length })
    },
  }
}
