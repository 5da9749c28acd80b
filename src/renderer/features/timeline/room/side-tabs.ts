/** The tabs of the panel beside the timeline, in order; the number of a tab is its key. */
export const SIDE_TABS = ['overview', 'tasks', 'risk', 'people'] as const
export type SideTab = (typeof SIDE_TABS)[number]

/** The tab named by the address; default: the overview. */
export function sideTabOf(address: URLSearchParams): SideTab {
  return SIDE_TABS.find((tab) => tab === address.get('side')) ?? 'overview'
}
