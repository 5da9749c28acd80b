import { TEAM_SCOPE } from '#domain/log/ids.ts'
import type { Draft } from '#replica/store/replica-store.ts'
import { idOf } from '#tests/support/log-texts.ts'
import type { Hand } from './acts.ts'

/** Acts on the emergency contact list. */
export const CONTACT_ACTS = [
  'addContact',
  'importContact',
  'importContact',
  'reviseContact',
  'reviseContact',
  'setChannel',
  'setChannel',
  'removeChannel',
  'verifyChannel',
  'removeContact',
] as const
export type ContactAct = { name: (typeof CONTACT_ACTS)[number]; a: number; b: number; c: number }

export const isContactAct = (act: { name: string }): act is ContactAct => CONTACT_ACTS.some((name) => name === act.name)

/** Few people and channels, so that members act on the same ones, and several import the same person. */
const PEOPLE = 4
const CHANNELS = 4

const contactOf = (n: number) => idOf(0xc000 + (n % PEOPLE))
const channelOf = (n: number) => idOf(0xc100 + (n % CHANNELS))
const ADDRESSES = ['+8613800138000', '+8613900139000', '+8613700137000'] as const
const addressOf = (n: number) => ADDRESSES[n % ADDRESSES.length] ?? ADDRESSES[0]
const LABELS = ['', '夜间', '本人 13800138000'] as const

type Seen = { state: { channels: { id: string; address: string }[] } }

/** The drafts of an act; the hub refuses some of them, such as a second person with one id. */
export function contactDrafts({ name, a, b, c }: ContactAct, hand: Hand): Draft[] {
  const id = contactOf(a)
  const draft = (type: string, body: Draft['body']): Draft[] => [{ scope: TEAM_SCOPE, kind: 'contact', id, type, body }]
  const seen = hand.seen('contact', id) as Seen | undefined
  const channelId = channelOf(b)
  const stored = seen?.state.channels.find((one) => one.id === channelId)?.address
  const channel = { id: channelId, kind: 'mobile', address: addressOf(c), label: LABELS[b % LABELS.length] ?? '' }
  const person = {
    contact: { name: `联系人 ${a}`, organization: '', position: `职务 ${b}`, department: null, layer: null, note: '', memberId: null },
    channels: c % 3 === 0 ? [] : [channel],
  }
  if (name === 'addContact') return draft('contact.add', person)
  if (name === 'importContact') return draft('contact.import', person)
  if (name === 'reviseContact')
    return draft('contact.revise', [{ note: `备注 ${c}` }, { position: `职务 ${c}` }, { name: `名 ${c % 3}`, note: '' }][b % 3] ?? {})
  if (name === 'setChannel')
    return draft('contact.set-channel', {
      ...channel,
      ...(a % 2 === 0 ? { at: c % 3 } : {}),
      ...(c % 4 === 0 ? { was: stored ?? null } : {}),
    })
  if (name === 'removeChannel') return draft('contact.remove-channel', { channelId })
  if (name === 'verifyChannel')
    return draft('contact.verify-channel', { channelId, address: stored ?? addressOf(c), how: c % 3 === 0 ? null : 'answered' })
  return draft('contact.remove', { removed: b % 3 !== 0 })
}
