import { derivedId } from '../log/derived-id.ts'
import type { Uuid } from '../log/ids.ts'
import type { Sha256 } from '../log/record.ts'
import type { ChannelKind } from './channel-address.ts'
import type { ChannelFields, ContactFields } from './contact.ts'

/** The kinds of channel in the order in which they identify a person: a landline is often shared, so it comes last. */
const BY_PERSON = ['mobile', 'email', 'wecom', 'dingtalk', 'feishu', 'landline'] as const satisfies readonly ChannelKind[]

type Channel = Pick<ChannelFields, 'kind' | 'address'>

/**
 * The id of an imported contact, from what identifies the person in the file: the name with the most personal address, or with the
 * company when there is no address. Members who import the same file offline therefore create the same contacts.
 * @param team what only this team's devices know, so that the id says nothing to others; null for ids of earlier versions
 */
export function importedContactId(
  { name, organization }: Pick<ContactFields, 'name' | 'organization'>,
  channels: readonly Channel[],
  sha256: Sha256,
  team: string | null,
): Uuid {
  const named = team === null ? ['contact'] : ['contact', team]
  const person = name.normalize('NFKC').toLowerCase()
  for (const kind of BY_PERSON) {
    // The smallest one, because two files may list the same addresses in another order.
    const [address] = channels.flatMap((one) => (one.kind === kind ? [one.address] : [])).toSorted()
    if (address !== undefined) return derivedId([...named, person, kind, address], sha256)
  }
  return derivedId([...named, person, organization.normalize('NFKC').toLowerCase()], sha256)
}

/** The id of an imported channel of a contact: members who add the same address offline add one channel. */
export function importedChannelId(contactId: string, { kind, address }: Channel, sha256: Sha256): Uuid {
  return derivedId(['contact-channel', contactId, kind, address], sha256)
}
