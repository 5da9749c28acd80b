import type { AddressProblem, ChannelKind } from '#domain/contacts/channel-address.ts'
import { MAX_IMPORT_OPS } from '#domain/contacts/import-marks.ts'
import { ChannelFields, ContactFields, MAX_CHANNELS, Proof, type ContactChannel, type ContactState } from '#domain/contacts/contact.ts'
import type { Editions } from '#domain/texts/free-texts.ts'
import { z } from 'zod'
import { Seen, type Pending } from './incident-api.ts'
import { ImportSource, ReadingOptions } from './import-api.ts'
import { command, query } from './procedure.ts'

/** A channel as displayed: `written` is the formatted address. Both are empty for members who may not see contact addresses. */
export type ChannelView = ContactChannel & { written: string; verifiedByName: string | null }

export type ContactView = Pending &
  Omit<ContactState, 'channels' | 'imported'> & {
    id: string
    channels: ChannelView[]
    /** Whether it is the contact of the requesting member. */
    own: boolean
    /** The current version of each free text; see `seen` of `contacts.revise`. */
    editions: Editions
  }

/** Fields that a table column can be mapped to; several columns may hold channels. */
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
/** Keyed by the column name in the file; columns that are omitted are not read. */
export const ContactMapping = z.record(z.string().max(200), z.enum(CONTACT_COLUMNS))
export type ContactMapping = z.infer<typeof ContactMapping>

export const CONTACT_ROW_PROBLEMS = ['name-missing', 'name-too-long', 'unreadable', 'too-many-channels'] as const
export type ContactRowProblem = (typeof CONTACT_ROW_PROBLEMS)[number]

/** A cell that was skipped; the rest of its row is imported. */
export type CellProblem = { text: string; kind: ChannelKind | 'department' | 'layer'; problem: AddressProblem | 'unknown-word' }

/**
 * The result for one line of an import: a new contact, new channels of an existing contact, no change, a contact that was removed from
 * the list before, or refused.
 */
export type ContactRow = {
  line: number
  name: string
  channels: { kind: ChannelKind; address: string; written: string }[]
  cells: CellProblem[]
} & ({ act: 'add' | 'same' | 'extend' | 'removed' } | { act: 'refuse'; problem: ContactRowProblem })

/**
 * Preview of a file import. `counts` covers the first 5,000 lines of the file, `left` is the number of lines after them, which are not
 * imported; `rows` holds at most 200 of the lines read, refused ones first.
 */
export type ContactFileCheck = {
  sourceId: string
  fileName: string
  format: 'vcard' | 'csv' | 'tsv' | 'xlsx' | 'json'
  columns: string[]
  mapping: ContactMapping
  counts: Record<ContactRow['act'], number>
  left: number
  rows: ContactRow[]
}

/** The ops that an import wrote, by contact. */
const ImportedContacts = z.strictObject({
  contacts: z.array(z.strictObject({ contactId: z.uuid(), ops: z.array(z.uuid()).min(1).max(MAX_IMPORT_OPS) })).max(5000),
})

/**
 * What an import did: how many contacts it added, brought back after they had been removed, and gave channels; and how many lines it
 * left out because their people were removed.
 */
export type ContactImportResult = z.infer<typeof ImportedContacts> & Record<'added' | 'broughtBack' | 'extended' | 'skipped', number>

/** These fields are not masked: contact addresses are the purpose of the list. `text` is a cell that was skipped, `was` an address in an op. */
const SHOWS = { shows: ['address', 'written', 'text', 'was'] } as const

const ContactRef = z.strictObject({ contactId: z.uuid() })
const NewChannel = ChannelFields.omit({ id: true, address: true }).extend({ address: z.string().max(300) })

export const contactApi = {
  /** The team's contacts by layer, department and name; removed ones only on request. */
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
  /** Without an id: adds a channel. `at`: its position in the order in which channels are tried. */
  'contacts.setChannel': command(
    ContactRef.extend({ channelId: z.uuid().optional(), channel: NewChannel, at: z.int().min(0).max(MAX_CHANNELS).optional() }),
    { action: 'contact.revise', edits: { kind: 'contact', id: 'contactId' }, ...SHOWS },
  ).returns<ContactView>(),
  'contacts.removeChannel': command(ContactRef.extend({ channelId: z.uuid() }), {
    action: 'contact.revise',
    ...SHOWS,
  }).returns<ContactView>(),
  /** `how`: null removes the mark. `address`: the verified address. */
  'contacts.verifyChannel': command(
    ContactRef.extend({ channelId: z.uuid(), address: ChannelFields.shape.address, how: Proof.nullable() }),
    { action: 'contact.revise', ...SHOWS },
  ).returns<ContactView>(),
  'contacts.remove': command(z.strictObject({ contactIds: z.array(z.uuid()).min(1).max(5000), removed: z.boolean() }), {
    action: 'contact.add',
  }).returns<null>(),
  /** Reads a table (CSV, TSV, XLSX, JSON) or an address book (vCard) and returns a preview of the import; writes nothing. */
  'contacts.checkFile': command(
    z.strictObject({ source: ImportSource, mapping: ContactMapping.optional(), reading: ReadingOptions.prefault({}) }),
    SHOWS,
  ).returns<ContactFileCheck>(),
  /**
   * Writes what the last check of the file showed, and forgets the file; returns what `contacts.undoImport` takes back. `bringBack`:
   * whether people who were removed from the list are restored.
   */
  'contacts.importFile': command(z.strictObject({ sourceId: z.uuid(), bringBack: z.boolean().default(false) }), {
    action: 'contact.add',
  }).returns<ContactImportResult>(),
  /**
   * Removes in one transaction the contacts that the import added or brought back, and the channels that it gave to others, as far as
   * nobody has changed them since. `kept`: contacts of which nothing was removed.
   */
  'contacts.undoImport': command(ImportedContacts, { action: 'contact.add' }).returns<{ kept: number }>(),
}
