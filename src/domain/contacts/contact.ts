import { z } from 'zod'
import { LoggedUuid } from '../log/ids.ts'
import { Department, Layer } from '../people/assignment.ts'
import { ChannelKind, MAX_ADDRESS } from './channel-address.ts'

/** Maximum number of channels per person; more cannot be tried in time. */
export const MAX_CHANNELS = 12

export const ContactName = z.string().trim().min(1).max(40)

/** Identity of a contact; channels are written by separate ops, so that two people can edit one each. */
export const ContactFields = z.strictObject({
  name: ContactName,
  /** Their organization: empty for the team's own. */
  organization: z.string().trim().max(80),
  position: z.string().trim().max(80),
  department: Department.nullable(),
  layer: Layer.nullable(),
  note: z.string().trim().max(500),
  /** The team member that this contact is, if any. */
  memberId: LoggedUuid.nullable(),
})
export type ContactFields = z.infer<typeof ContactFields>

/** How it was verified that a channel reaches its person. */
export const PROOFS = ['answered', 'message-confirmed'] as const
export const Proof = z.enum(PROOFS)
export type Proof = z.infer<typeof Proof>

/** Labels that are translated for the reader; any other text is also valid and is shown unchanged. */
export const CHANNEL_LABELS = ['work', 'home'] as const

export const ChannelFields = z.strictObject({
  id: LoggedUuid,
  kind: ChannelKind,
  /** As returned by `readAddress`. */
  address: z.string().min(1).max(MAX_ADDRESS),
  /** Free label: work, home, night. */
  label: z.string().trim().max(40),
})
export type ChannelFields = z.infer<typeof ChannelFields>

/** Verification of one address of a channel; removed when the address changes. */
export type Verified = { at: number; by: string; how: Proof }

export type ContactChannel = ChannelFields & { verified: Verified | null }

/** What imports wrote and nobody has changed since: the undo of an import removes nothing else. */
export type ImportMarks = {
  /** The op that created or restored the contact, then the imports after it; empty after any other change. */
  ops: readonly string[]
  /** The op that added a channel, by the channel's id. */
  channels: Readonly<Record<string, string>>
}

/** A person of the emergency contact list (紧急联络清单, OR-10), team member or not. Channels in the order to try them. */
export type ContactState = ContactFields & {
  channels: readonly ContactChannel[]
  createdAt: number
  removed: boolean
  /** Missing if no import wrote the contact. */
  imported?: ImportMarks
}
