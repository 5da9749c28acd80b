/** The pages of an incident that its sub-navigation lists, in order; their number is their key. Their words are `room:tab.<id>`. */
export const ROOM_TABS = [
  { id: 'timeline', path: '' },
  { id: 'tasks', path: '/tasks' },
  { id: 'risk', path: '/risk' },
  { id: 'people', path: '/people' },
] as const

/** The address of a page of an incident, such as `/tasks`; the timeline's is empty. */
export function roomAddress(incidentId: string, path: string): string {
  return `/incidents/${incidentId}${path}`
}
