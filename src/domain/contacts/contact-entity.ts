import { defineEntity } from '../define-entity.ts'
import { isUuid } from '../log/ids.ts'
import type { ContactState } from './contact.ts'

export const CONTACT = defineEntity<ContactState>()({
  kind: 'contact',
  scope: 'team',
  isId: isUuid,
  indexKeys: null,
  // Contacts are searched on their own page; the full-text index covers only texts about incidents.
  searchable: null,
  freeTexts: null,
  revealable: false,
  noticeHolds: {},
})
