/** The tabs of an incident, in order; the number of a tab is its key. Labels: `room:tab.<id>`. */
export const ROOM_TABS = [
  { id: 'timeline', path: '' },
  { id: 'tasks', path: '/tasks' },
  { id: 'risk', path: '/risk' },
  { id: 'wording', path: '/wording' },
  { id: 'bulletins', path: '/bulletins' },
  { id: 'people', path: '/people' },
] as const

/** The address of a page of an incident, such as `/tasks`; the timeline's path is empty. */
export function roomAddress(incidentId: string, path: string): string {
  return `/incidents/${incidentId}${path}`
}
