import { IconAddressBook, IconClockHour4, IconLayoutDashboard, IconListCheck, IconMessage2Check, IconSettings } from '@tabler/icons-react'

/** The groups of the rail, in order; `foot` is at its end. A group without items is not shown. */
export const NAV_GROUPS = ['dashboard', 'respond', 'prevent', 'after', 'foot'] as const

export type NavItem = { id: string; group: (typeof NAV_GROUPS)[number]; path: string; icon: typeof IconSettings }

/**
 * The items of the rail, in order. An item is listed only once its page exists. Items of one group are adjacent, so that the number keys
 * run down the rail. Labels: `frame:place.<id>`.
 */
export const NAV_ITEMS = [
  { id: 'dashboard', group: 'dashboard', path: '/', icon: IconLayoutDashboard },
  { id: 'wording', group: 'respond', path: '/wording', icon: IconMessage2Check },
  { id: 'bulletins', group: 'respond', path: '/bulletins', icon: IconClockHour4 },
  { id: 'plans', group: 'prevent', path: '/plans', icon: IconListCheck },
  { id: 'contacts', group: 'prevent', path: '/contacts', icon: IconAddressBook },
  { id: 'settings', group: 'foot', path: '/settings', icon: IconSettings },
] as const satisfies readonly NavItem[]

/**
 * The shortcuts of the item at `index` of the rail: Shift with its number, which works everywhere, and the number alone. None after the
 * ninth.
 */
export function navKeys(index: number): readonly string[] {
  return index < 9 ? [`Shift+${index + 1}`, String(index + 1)] : []
}
