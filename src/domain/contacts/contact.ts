import { z } from 'zod'
import { LoggedUuid } from '../log/ids.ts'
import { Department, Layer } from '../people/assignment.ts'
import { ChannelKind, MAX_ADDRESS } from './channel-address.ts'

/** Channels that one person has at most: more are never tried in time. */
export const MAX_CHANNELS = 12

export const ContactName = z.string().trim().min(1).max(40)

/** Who a contact is; the channels are written one by one, so that two people can each mend one. */
export const ContactFields = z.strictObject({
  name: ContactName,
  /** Where they work: empty for the team's own house. */
  organization: z.string().trim().max(80),
  position: z.string().trim().max(80),
  department: Department.nullable(),
  layer: Layer.nullable(),
  note: z.string().trim().max(500),
  /** The member of the team that this person is, if any. */
  memberId: LoggedUuid.nullable(),
})
export type ContactFields = z.infer<typeof ContactFields>

/** How a channel was proved to reach its person. */
export const PROOFS = ['answered', 'message-confirmed'] as const
export const Proof = z.enum(PROOFS)
export type Proof = z.infer<typeof Proof>

/** Labels that are shown in the language of whoever reads; any other text is a label as well, in its own words. */
export const CHANNEL_LABELS = ['work', 'home'] as const

export const ChannelFields = z.strictObject({
  id: LoggedUuid,
  kind: ChannelKind,
  /** As `readAddress` gives it. */
  address: z.string().min(1).max(MAX_ADDRESS),
  /** What people call it: work, home, night. */
  label: z.string().trim().max(40),
})
export type ChannelFields = z.infer<typeof ChannelFields>

/** A mark that a channel reached its person; it belongs to one address and goes when the address changes. */
export type Verified = { at: number; by: string; how: Proof }

export type ContactChannel = ChannelFields & { verified: Verified | null }

/** A person of the emergency contact list (紧急联络清单, OR-10), member of the team or not. Channels in the order to be tried. */
export type ContactState = ContactFields & { channels: readonly ContactChannel[]; createdAt: number; removed: boolean }
