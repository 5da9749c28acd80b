import type { ReactNode } from 'react'
import classes from './Toolbar.module.css'

/** A row of buttons and small fields, wrapped on narrow screens: under a heading, above a table, at the end of a form (`align="end"`). */
export function Toolbar({ align = 'start', children }: { align?: 'start' | 'end'; children: ReactNode }) {
  return (
    <div className={classes['toolbar']} data-align={align}>
      {children}
    </div>
  )
}
