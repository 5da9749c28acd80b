import type { Op } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'

type State = Record<string, unknown>
type Line = { record: LogRecord; op: Op }
type Channel = { id: unknown; kind: unknown; address: unknown; label: unknown; how: unknown }

const MOST = 12

function channelOf(body: State): Channel {
  return { id: body['id'], kind: body['kind'], address: body['address'], label: body['label'], how: null }
}

/** The channels of a contact, written down line by line in the order of the log. */
function channelsOf(lines: readonly Line[]): Channel[] {
  const list: Channel[] = []
  for (const [index, { op }] of lines.entries()) {
    const { type, body } = op
    const place = list.findIndex(({ id }) => id === (body['channelId'] ?? body['id']))
    const known = list[place]
    if (type === 'contact.import' || (type === 'contact.add' && index === 0)) {
      for (const one of body['channels'] as State[]) {
        const isThere = list.some(({ id, kind, address }) => id === one['id'] || (kind === one['kind'] && address === one['address']))
        if (!isThere) list.push(channelOf(one))
      }
    }
    if (type === 'contact.set-channel') {
      const next = channelOf(body)
      if (known && known.kind === next.kind && known.address === next.address) next.how = known.how
      if (known) list.splice(place, 1)
      list.splice(typeof body['at'] === 'number' ? body['at'] : known ? place : list.length, 0, next)
    }
    if (type === 'contact.remove-channel' && known) list.splice(place, 1)
    if (type === 'contact.verify-channel' && known && known.address === body['address'])
      list[place] = { ...known, how: body['how'] ?? null }
    list.splice(MOST)
  }
  return list
}

/**
 * The state of a contact by the second interpretation of the log.
 * @param register decides a field by the writes of an op type; a write of the value that stands is none
 */
export function naiveContact(lines: readonly Line[], register: (type: string, field: string, first: unknown) => unknown): State {
  const first = (lines[0]?.op.body['contact'] ?? {}) as State
  const field = (name: string) => register('contact.revise', name, first[name])
  return {
    name: field('name'),
    position: field('position'),
    note: field('note'),
    removed: register('contact.remove', 'removed', false),
    channels: channelsOf(lines),
    createdAt: lines[0]?.record.hubTime,
  }
}

/** The product's state of a contact in the form of {@link naiveContact}. */
export function shownContact(state: State): State {
  const { name, position, note, removed, createdAt } = state
  const channels = (state['channels'] as State[]).map((one) => ({
    ...channelOf(one),
    how: (one['verified'] as State | null)?.['how'] ?? null,
  }))
  return { name, position, note, removed, channels, createdAt }
}
