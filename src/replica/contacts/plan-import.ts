import { hash as digest } from 'node:crypto'
import { writtenAddress, type ChannelKind } from '#domain/contacts/channel-address.ts'
import { importedChannelId, importedContactId } from '#domain/contacts/contact-id.ts'
import { MAX_CHANNELS, type ContactFields, type ContactState } from '#domain/contacts/contact.ts'
import type { Entity } from '#domain/log/entity.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import type { ContactRow } from '#contract/contact-api.ts'
import type { Draft } from '../store/replica-store.ts'
import type { ReadContact } from './contact-rows.ts'

/** `drafts` write the row, all of them on one contact; `wrote`: what they do to it, null if there are none. */
export type PlannedRow = ContactRow & { drafts: Draft[]; wrote: 'added' | 'broughtBack' | 'extended' | null }

/** An op on a contact, as a draft. */
export const contactDraft = (id: string, type: string, body: Draft['body'], version = 1): Draft => ({
  scope: TEAM_SCOPE,
  kind: 'contact',
  id,
  type,
  version,
  body,
})

const sha256 = (text: string) => digest('sha256', text)

type KnownChannel = { id: string; kind: ChannelKind; address: string }
type Known = { id: string; name: string; organization: string; channels: KnownChannel[] }

/** Contacts, found by their id, by address, or by name and company; rows processed earlier are added. */
function knownContacts() {
  const byId = new Map<string, Known>()
  const byAddress = new Map<string, Set<Known>>()
  const byName = new Map<string, Set<Known>>()
  const put = (map: Map<string, Set<Known>>, key: string, one: Known) => map.set(key, (map.get(key) ?? new Set()).add(one))
  return {
    byId,
    note(one: Known): void {
      byId.set(one.id, one)
      put(byName, JSON.stringify([one.name, one.organization]), one)
      for (const { kind, address } of one.channels) put(byAddress, `${kind} ${address}`, one)
    },
    /** @param ids those that an import gives the person, the present one first */
    find(ids: readonly string[], { name, fields: { organization }, channels }: ReadContact & { ok: true }): Known | null {
      const imported = ids.map((id) => byId.get(id)).find((one) => one !== undefined)
      if (imported) return imported
      // A shared line reaches several people: an address counts only together with the name.
      for (const { kind, address } of channels)
        for (const one of byAddress.get(`${kind} ${address}`) ?? []) if (one.name === name) return one
      // Two people of one name are common, at one company too: other numbers of one kind are another person's.
      const kinds = new Set(channels.map(({ kind }) => kind))
      const [named, another] = [...(byName.get(JSON.stringify([name, organization])) ?? [])].filter((one) =>
        organization === '' ? channels.length === 0 || one.channels.length === 0 : !one.channels.some(({ kind }) => kinds.has(kind)),
      )
      // A number must not be given to the wrong one of two.
      return named && (!another || channels.length === 0) ? named : null
    },
  }
}

/**
 * What an import does with each line, given the existing contacts and the lines before it: a new contact, channels for an
 * existing one, or nothing. Existing data is never overwritten.
 * @param team see `importedContactId`
 * @param bringBack whether people who were removed from the list are restored; otherwise they are only reported
 */
export function planImport(
  rows: readonly ReadContact[],
  present: readonly Entity<ContactState>[],
  uuid: () => string,
  team: string,
  bringBack = false,
): PlannedRow[] {
  const [listed, removed] = [knownContacts(), knownContacts()]
  for (const { id, state } of present) {
    const { name, organization, channels } = state
    const known = state.removed ? removed : listed
    known.note({ id, name, organization, channels: [...channels] })
  }

  const importDraft = (id: string, contact: ContactFields, channels: readonly KnownChannel[]) =>
    contactDraft(id, 'contact.import', { contact, channels })

  /** The channels of a row that a contact lacks. */
  function lacking({ id, channels: known }: Pick<Known, 'id' | 'channels'>, { channels }: ReadContact & { ok: true }) {
    const isThere = ({ kind, address }: (typeof channels)[number]) =>
      known.some((channel) => channel.kind === kind && channel.address === address)
    return channels
      .filter((channel) => !isThere(channel))
      .map((channel) => {
        const derived = importedChannelId(id, channel, sha256)
        // A channel that was imported before and has been corrected since keeps its id.
        return { ...channel, id: known.some((one) => one.id === derived) ? uuid() : derived }
      })
  }

  return rows.map((one): PlannedRow => {
    const { line, name, cells } = one
    const nothing = { line, name, cells, channels: [], drafts: [], wrote: null }
    if (!one.ok) return { ...nothing, act: 'refuse', problem: one.problem }
    const shownOf = (channels: ReturnType<typeof lacking>) =>
      channels.map(({ kind, address }) => ({ kind, address, written: writtenAddress(kind, address) }))
    const derived = importedContactId(one.fields, one.channels, sha256, team)
    const ids = [derived, importedContactId(one.fields, one.channels, sha256, null)]
    const there = listed.find(ids, one)
    const gone = there ? null : removed.find(ids, one)
    const found = there ?? gone
    if (!found) {
      const channels = lacking({ id: derived, channels: [] }, one)
      listed.note({ id: derived, name, organization: one.fields.organization, channels })
      return { ...nothing, channels: shownOf(channels), act: 'add', drafts: [importDraft(derived, one.fields, channels)], wrote: 'added' }
    }
    const channels = lacking(found, one)
    if (found.channels.length + channels.length > MAX_CHANNELS) return { ...nothing, act: 'refuse', problem: 'too-many-channels' }
    if (gone && !bringBack) return { ...nothing, channels: shownOf(channels), act: 'removed' }
    found.channels.push(...channels)
    listed.note(found)
    const extends_ = channels.length > 0 ? [importDraft(found.id, one.fields, channels)] : []
    if (gone) {
      const restore = contactDraft(found.id, 'contact.remove', { removed: false })
      return { ...nothing, channels: shownOf(channels), act: 'removed', drafts: [restore, ...extends_], wrote: 'broughtBack' }
    }
    if (channels.length === 0) return { ...nothing, act: 'same' }
    return { ...nothing, channels: shownOf(channels), act: 'extend', drafts: extends_, wrote: 'extended' }
  })
}
