import { Kbd } from './Kbd.tsx'
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import classes from './SubNav.module.css'

export type SubNavItem = {
  id: string
  path: string
  label: string
  /** Whether only the exact address is active, and none below it. */
  exact?: boolean
  shortcut?: string
  aside?: ReactNode
}

/** Navigation among related pages, above each of them; the current one is marked. */
export function SubNav({ label, items }: { label: string; items: readonly SubNavItem[] }) {
  return (
    <nav className={classes['nav']} aria-label={label}>
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <NavLink to={item.path} end={item.exact === true}>
              {item.label}
              {item.aside}
              {item.shortcut !== undefined && (
                <span className={classes['key']} aria-hidden="true">
                  <Kbd shortcut={item.shortcut} />
                </span>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
