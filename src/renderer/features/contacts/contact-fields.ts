import type { ContactView } from '#contract/contact-api.ts'
import type { ContactFields } from '#domain/contacts/contact.ts'
import type { Editions } from '#domain/texts/free-texts.ts'

export const BLANK_CONTACT: ContactFields = {
  name: '',
  organization: '',
  position: '',
  department: null,
  layer: null,
  note: '',
  memberId: null,
}

/** The texts that several people edit, with their lengths. */
export const CONTACT_LENGTHS = { name: 40, organization: 80, position: 80, note: 500 } as const
const TEXTS = ['name', 'organization', 'position', 'note'] as const

type ContactText = (typeof TEXTS)[number]

export function fieldsOf({ name, organization, position, department, layer, note, memberId }: ContactView): ContactFields {
  return { name, organization, position, department, layer, note, memberId }
}

/** The editions seen of every text; an empty one stands for a text as it was first written. */
export function seenOf(seen: Editions): Editions {
  return Object.fromEntries(TEXTS.map((field) => [field, seen[field] ?? '']))
}

/** Only the changed fields, so that a colleague's concurrent changes to other fields are kept. */
export function changesOf(before: ContactFields, now: ContactFields): Partial<ContactFields> {
  return Object.fromEntries(Object.entries(now).filter(([field, value]) => before[field as keyof ContactFields] !== value))
}

/** What a form has: as it was opened, as it is now, and the editions of the texts that its user has seen. */
type Revision = { opened: ContactFields; fields: ContactFields; seen: Editions }

/** Texts that a colleague has changed since the form was opened, and that saving would overwrite. */
export function movedOn(contact: ContactView, { opened, fields, seen }: Revision): ContactText[] {
  return TEXTS.filter((field) => {
    const isTheirs = (contact.editions[field] ?? '') !== (seen[field] ?? '')
    return isTheirs && fields[field] !== opened[field] && fields[field].trim() !== contact[field]
  })
}
