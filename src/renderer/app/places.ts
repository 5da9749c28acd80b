/** The places of the rail, in order; their number is their key. */
export const PLACES = [
  { id: 'desk', path: '/' },
  { id: 'plans', path: '/plans' },
  { id: 'search', path: '/search' },
  { id: 'data', path: '/data' },
  { id: 'settings', path: '/settings' },
] as const

export type PlaceId = (typeof PLACES)[number]['id']
