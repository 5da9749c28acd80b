import type { AddressProblem, ChannelKind } from '#domain/contacts/channel-address.ts'
import { ChannelFields, ContactFields, MAX_CHANNELS, Proof, type ContactChannel, type ContactState } from '#domain/contacts/contact.ts'
import { z } from 'zod'
import { Seen, type Pending } from './incident-api.ts'
import { ImportSource, ReadingOptions } from './import-api.ts'
import { command, query } from './procedure.ts'

/** A channel as it is shown: `written` is the address as people read it. Both are empty for who may not see how others are reached. */
export type ChannelView = ContactChannel & { written: string; verifiedByName: string | null }

export type ContactView = Pending &
  Omit<ContactState, 'channels'> & {
    id: string
    channels: ChannelView[]
    /** Whether it is the contact of the member who asks. */
    own: boolean
  }

/** Which column of a table gives which field; several columns may hold channels. */
export const CONTACT_COLUMNS = [
  'name',
  'familyName',
  'givenName',
  'organization',
  'position',
  'department',
  'layer',
  'note',
  'mobile',
  'landline',
  'email',
  'wecom',
  'dingtalk',
  'feishu',
] as const
export type ContactColumn = (typeof CONTACT_COLUMNS)[number]
/** By the name of the column in the file; a column that is left out is not read. */
export const ContactMapping = z.record(z.string().max(200), z.enum(CONTACT_COLUMNS))
export type ContactMapping = z.infer<typeof ContactMapping>

export const CONTACT_ROW_PROBLEMS = ['name-missing', 'name-too-long', 'unreadable', 'too-many-channels'] as const
export type ContactRowProblem = (typeof CONTACT_ROW_PROBLEMS)[number]

/** A cell that was not taken; the rest of its row is. */
export type CellProblem = { text: string; kind: ChannelKind | 'department' | 'layer'; problem: AddressProblem | 'unknown-word' }

/** What an import makes of one line: a new contact, channels for one that is there, nothing new, or nothing at all. */
export type ContactRow = {
  line: number
  name: string
  channels: { kind: ChannelKind; address: string; written: string }[]
  cells: CellProblem[]
} & ({ act: 'add' | 'same' | 'extend' } | { act: 'refuse'; problem: ContactRowProblem })

/** What an import of a file would do. Counts are of the whole file, `rows` its first 200 with the refused ones first. */
export type ContactFileCheck = {
  sourceId: string
  fileName: string
  format: 'vcard' | 'csv' | 'tsv' | 'xlsx' | 'json'
  columns: string[]
  mapping: ContactMapping
  counts: Record<ContactRow['act'], number>
  rows: ContactRow[]
}

/** How people of the house are reached is what the list is for; `text` is a cell that was not taken. */
const SHOWS = { shows: ['address', 'written', 'text'] } as const

const ContactRef = z.strictObject({ contactId: z.uuid() })
const NewChannel = ChannelFields.omit({ id: true, address: true }).extend({ address: z.string().max(300) })

export const contactApi = {
  /** The team's contacts by layer, department and name; those taken off the list only where asked for. */
  'contacts.list': query(z.strictObject({ removed: z.boolean().default(false) }), SHOWS)
    .dependsOn(() => ['contacts', 'workspace'])
    .returns<ContactView[]>(),
  'contacts.add': command(z.strictObject({ contact: ContactFields, channels: z.array(NewChannel).max(MAX_CHANNELS) }), {
    action: 'contact.add',
    ...SHOWS,
  }).returns<ContactView>(),
  'contacts.revise': command(ContactRef.extend({ change: ContactFields.partial(), seen: Seen.optional() }), {
    action: 'contact.revise',
    edits: { kind: 'contact', id: 'contactId' },
    ...SHOWS,
  }).returns<ContactView>(),
  /** Without an id: another channel. `at`: its place in the order in which channels are tried. */
  'contacts.setChannel': command(
    ContactRef.extend({ channelId: z.uuid().optional(), channel: NewChannel, at: z.int().min(0).max(MAX_CHANNELS).optional() }),
    { action: 'contact.revise', ...SHOWS },
  ).returns<ContactView>(),
  'contacts.removeChannel': command(ContactRef.extend({ channelId: z.uuid() }), {
    action: 'contact.revise',
    ...SHOWS,
  }).returns<ContactView>(),
  /** `how`: null takes the mark away. `address`: the one that was proved. */
  'contacts.verifyChannel': command(
    ContactRef.extend({ channelId: z.uuid(), address: ChannelFields.shape.address, how: Proof.nullable() }),
    { action: 'contact.revise', ...SHOWS },
  ).returns<ContactView>(),
  'contacts.remove': command(z.strictObject({ contactIds: z.array(z.uuid()).min(1).max(5000), removed: z.boolean() }), {
    action: 'contact.add',
  }).returns<null>(),
  /** Reads a table (CSV, TSV, XLSX, JSON) or an address book (vCard) and says what an import would do; nothing is written. */
  'contacts.checkFile': command(
    z.strictObject({ source: ImportSource, mapping: ContactMapping.optional(), reading: ReadingOptions.prefault({}) }),
    SHOWS,
  ).returns<ContactFileCheck>(),
  /** Writes what the last check of the file showed; `added` so that it can be taken back. */
  'contacts.importFile': command(z.strictObject({ sourceId: z.uuid() }), { action: 'contact.add' }).returns<{
    added: string[]
    extended: number
  }>(),
}
