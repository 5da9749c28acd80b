/** The places of the rail, in order. */
export const PLACES = [
  { id: 'desk', path: '/' },
  { id: 'plans', path: '/plans' },
  { id: 'search', path: '/search' },
  { id: 'data', path: '/data' },
  { id: 'settings', path: '/settings' },
  { id: 'team', path: '/team' },
] as const

/** The keys of the place at `index` of the rail: its number with Shift, which works everywhere, and the number alone. */
export function placeKeys(index: number): [everywhere: string, plain: string] {
  return [`Shift+${index + 1}`, String(index + 1)]
}

export type PlaceId = (typeof PLACES)[number]['id']
