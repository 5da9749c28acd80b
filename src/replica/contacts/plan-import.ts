import { writtenAddress, type ChannelKind } from '#domain/contacts/channel-address.ts'
import { MAX_CHANNELS, type ContactState } from '#domain/contacts/contact.ts'
import type { Entity } from '#domain/log/entity.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import type { ContactRow } from '#contract/contact-api.ts'
import type { Draft } from '../store/replica-store.ts'
import type { ReadContact } from './contact-rows.ts'

/** `drafts` write the row; `added` is the id of a new contact, `extended` an existing one with the channels that it gets. */
export type PlannedRow = ContactRow & {
  drafts: Draft[]
  added: string | null
  extended: { contactId: string; channelIds: string[] } | null
}

/** An op on a contact, as a draft. */
export const contactDraft = (id: string, type: string, body: Draft['body']): Draft => ({
  scope: TEAM_SCOPE,
  kind: 'contact',
  id,
  type,
  body,
})

type Known = { id: string; name: string; organization: string; channels: { kind: ChannelKind; address: string }[] }

/** The existing contacts, found by address or by name and company; rows processed earlier are added. */
function knownContacts(present: readonly Entity<ContactState>[]) {
  const byAddress = new Map<string, Set<Known>>()
  const byName = new Map<string, Set<Known>>()
  const put = (map: Map<string, Set<Known>>, key: string, one: Known) => map.set(key, (map.get(key) ?? new Set()).add(one))
  const note = (one: Known) => {
    put(byName, JSON.stringify([one.name, one.organization]), one)
    for (const { kind, address } of one.channels) put(byAddress, `${kind} ${address}`, one)
  }
  for (const { id, state } of present) {
    const { name, organization, channels } = state
    if (!state.removed) note({ id, name, organization, channels: [...channels] })
  }
  return {
    note,
    find({ name, fields: { organization }, channels }: ReadContact & { ok: true }): Known | null {
      // A shared line reaches several people: an address counts only together with the name.
      for (const { kind, address } of channels)
        for (const one of byAddress.get(`${kind} ${address}`) ?? []) if (one.name === name) return one
      const named = [...(byName.get(JSON.stringify([name, organization])) ?? [])]
      // Two people of one name are common. Without a company, the name alone is not enough once both have other addresses.
      const sure = organization !== '' || channels.length === 0 ? named : named.filter((one) => one.channels.length === 0)
      return sure[0] ?? null
    },
  }
}

/**
 * What an import does with each line, given the existing contacts and the lines before it: a new contact, channels for an
 * existing one, or nothing. Existing data is never overwritten.
 */
export function planImport(rows: readonly ReadContact[], present: readonly Entity<ContactState>[], uuid: () => string): PlannedRow[] {
  const known = knownContacts(present)
  return rows.map((one): PlannedRow => {
    const { line, name, cells } = one
    const nothing = { line, name, cells, channels: [], drafts: [], added: null, extended: null }
    if (!one.ok) return { ...nothing, act: 'refuse', problem: one.problem }
    const found = known.find(one)
    const isThere = ({ kind, address }: Known['channels'][number]) =>
      found?.channels.some((channel) => channel.kind === kind && channel.address === address) ?? false
    const channels = one.channels.filter((channel) => !isThere(channel)).map((channel) => ({ ...channel, id: uuid() }))
    const shown = channels.map(({ kind, address }) => ({ kind, address, written: writtenAddress(kind, address) }))
    if (!found) {
      const id = uuid()
      known.note({ id, name, organization: one.fields.organization, channels })
      const add = contactDraft(id, 'contact.add', { contact: one.fields, channels })
      return { ...nothing, channels: shown, act: 'add', drafts: [add], added: id }
    }
    if (found.channels.length + channels.length > MAX_CHANNELS) return { ...nothing, act: 'refuse', problem: 'too-many-channels' }
    found.channels.push(...channels)
    known.note(found)
    const drafts = channels.map((channel) => contactDraft(found.id, 'contact.set-channel', channel))
    if (drafts.length === 0) return { ...nothing, act: 'same' }
    const extended = { contactId: found.id, channelIds: channels.map(({ id }) => id) }
    return { ...nothing, channels: shown, act: 'extend', drafts, extended }
  })
}
