import type { Grouping, TimelineFilter } from '#contract/timeline-api.ts'
import { ENTRY_KINDS, EntryKind } from '#domain/timeline/entry.ts'

/** The filter and direction of the list, as stored in the address, so that a view can be shared and restored. */
export type TimelineQuery = {
  kinds: EntryKind[]
  starred: boolean
  tag: string
  text: string
  /** Local days, YYYY-MM-DD, inclusive; empty means unbounded. */
  fromDay: string
  toDay: string
  newestFirst: boolean
  by: 'happened' | 'recorded'
  group: Grouping
}

export const EVERYTHING: TimelineQuery = {
  kinds: [],
  starred: false,
  tag: '',
  text: '',
  fromDay: '',
  toDay: '',
  newestFirst: true,
  by: 'happened',
  group: 'day',
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Parses the query from an address; ignores invalid parameters. */
export function queryFromAddress(address: URLSearchParams): TimelineQuery {
  const day = (name: string) => (DAY.test(address.get(name) ?? '') ? (address.get(name) ?? '') : '')
  return {
    kinds: (address.get('kinds') ?? '').split(',').flatMap((kind) => EntryKind.safeParse(kind).data ?? []),
    starred: address.get('starred') === '1',
    tag: (address.get('tag') ?? '').slice(0, 30),
    text: (address.get('q') ?? '').slice(0, 200),
    fromDay: day('from'),
    toDay: day('to'),
    newestFirst: address.get('order') !== 'oldest',
    by: address.get('by') === 'recorded' ? 'recorded' : 'happened',
    group: address.get('group') === 'hour' ? 'hour' : 'day',
  }
}

/** Writes the query into an address. Keeps other parameters and omits defaults. */
export function queryToAddress(query: TimelineQuery, address: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(address)
  const put = (name: string, value: string) => {
    if (value === '') next.delete(name)
    else next.set(name, value)
  }
  put('kinds', ENTRY_KINDS.filter((kind) => query.kinds.includes(kind)).join(','))
  put('starred', query.starred ? '1' : '')
  put('tag', query.tag)
  put('q', query.text)
  put('from', query.fromDay)
  put('to', query.toDay)
  put('order', query.newestFirst ? '' : 'oldest')
  put('by', query.by === 'recorded' ? 'recorded' : '')
  put('group', query.group === 'hour' ? 'hour' : '')
  return next
}

function dayStart(day: string, later: number): number | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return undefined
  return new Date(year, month - 1, date + later).getTime()
}

/** Converts the query to the filter of the contract. */
export function toTimelineFilter(query: TimelineQuery): TimelineFilter {
  const from = query.fromDay === '' ? undefined : dayStart(query.fromDay, 0)
  const to = query.toDay === '' ? undefined : dayStart(query.toDay, 1)
  const tag = query.tag.trim()
  const text = query.text.trim()
  return {
    ...(query.kinds.length > 0 ? { kinds: query.kinds } : {}),
    ...(query.starred ? { starred: true } : {}),
    ...(tag === '' ? {} : { tag }),
    ...(text === '' ? {} : { text }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    order: query.by,
  }
}

/** Whether the query excludes any entries. */
export function isFiltered(query: TimelineQuery): boolean {
  return query.kinds.length > 0 || query.starred || query.tag !== '' || query.text !== '' || query.fromDay !== '' || query.toDay !== ''
}

/** The query without filters; keeps the layout. */
export function unfiltered(query: TimelineQuery): TimelineQuery {
  return { ...EVERYTHING, newestFirst: query.newestFirst, by: query.by, group: query.group }
}
