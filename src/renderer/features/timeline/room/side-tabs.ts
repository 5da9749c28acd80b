/** The parts of the panel beside the timeline, in order; their number is their key. */
export const SIDE_TABS = ['overview', 'tasks', 'risk', 'people'] as const
export type SideTab = (typeof SIDE_TABS)[number]

/** The part that the address names, else the overview. */
export function sideTabOf(address: URLSearchParams): SideTab {
  return SIDE_TABS.find((tab) => tab === address.get('side')) ?? 'overview'
}
