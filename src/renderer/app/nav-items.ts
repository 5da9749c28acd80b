import { IconAddressBook, IconLayoutDashboard, IconListCheck, IconSettings } from '@tabler/icons-react'

/** The groups of the rail, in order; `foot` stands at its end. A group without a place shows nothing. */
export const NAV_GROUPS = ['desk', 'respond', 'prevent', 'after', 'foot'] as const

export type NavItem = { id: string; group: (typeof NAV_GROUPS)[number]; path: string; icon: typeof IconSettings }

/** The places of the rail, in its order: a place is listed once there is something behind it. Places of one group stand together, so that the numbers run down the rail. Words: `frame:place.<id>`. */
export const NAV_ITEMS = [
  { id: 'desk', group: 'desk', path: '/', icon: IconLayoutDashboard },
  { id: 'plans', group: 'prevent', path: '/plans', icon: IconListCheck },
  { id: 'contacts', group: 'prevent', path: '/contacts', icon: IconAddressBook },
  { id: 'settings', group: 'foot', path: '/settings', icon: IconSettings },
] as const satisfies readonly NavItem[]

/** The keys of the place at `index` of the rail: its number with Shift, which works everywhere, and the number alone; none after the ninth. */
export function navKeys(index: number): readonly string[] {
  return index < 9 ? [`Shift+${index + 1}`, String(index + 1)] : []
}
