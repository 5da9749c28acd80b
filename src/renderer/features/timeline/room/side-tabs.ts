/** The parts of the room's side panel, in order; their number is their key. */
export const SIDE_TABS = ['overview', 'tasks', 'risk', 'people', 'entry'] as const
export type SideTab = (typeof SIDE_TABS)[number]

/** The part that the address names; without a name the entry that is open, else the overview. */
export function sideTabOf(address: URLSearchParams): SideTab {
  const named = SIDE_TABS.find((tab) => tab === address.get('side'))
  return named ?? (address.get('entry') === null ? 'overview' : 'entry')
}
