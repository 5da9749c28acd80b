import type { Action } from '#domain/permissions/matrix.ts'
import { idOf } from '#tests/support/log-texts.ts'

/** The action that each op of a contact needs. */
export const CONTACT_ACTIONS = {
  'contact.add': 'contact.add',
  'contact.import': 'contact.add',
  'contact.revise': 'contact.revise',
  'contact.set-channel': 'contact.revise',
  'contact.remove-channel': 'contact.revise',
  'contact.verify-channel': 'contact.revise',
  'contact.remove': 'contact.add',
  'contact.undo-import': 'contact.add',
} as const satisfies Record<string, Action>

const PERSON = { name: '钱进', organization: '', position: '', department: null, layer: null, note: '', memberId: null }

/** A valid body of each. */
export const CONTACT_BODIES: Record<keyof typeof CONTACT_ACTIONS, Record<string, unknown>> = {
  'contact.add': { contact: PERSON, channels: [] },
  'contact.import': { contact: PERSON, channels: [] },
  'contact.revise': { position: '总裁' },
  'contact.set-channel': { id: idOf(9), kind: 'mobile', address: '+8613800138000', label: '' },
  'contact.remove-channel': { channelId: idOf(9) },
  'contact.verify-channel': { channelId: idOf(9), address: '+8613800138000', how: 'answered' },
  'contact.remove': { removed: true },
  'contact.undo-import': { ops: [idOf(9)] },
}
