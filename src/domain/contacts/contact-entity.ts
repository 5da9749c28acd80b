import { defineEntity } from '../define-entity.ts'
import { isUuid } from '../log/ids.ts'
import type { ContactState } from './contact.ts'

/**
 * Contacts are written in the team's scope, which every device of the team receives: a vendor's device also holds them, although no
 * screen shows channel addresses to vendors.
 */
export const CONTACT = defineEntity<ContactState>()({
  kind: 'contact',
  scope: 'team',
  isId: isUuid,
  indexKeys: null,
  // Contacts are searched on their own page; the full-text index covers only texts about incidents.
  searchable: null,
  freeTexts: {
    fields: ['name', 'organization', 'position', 'note'],
    restore: (_state, field, text) => ({ type: 'contact.revise', body: { [field]: text } }),
  },
  revealable: false,
  noticeHolds: {},
})
