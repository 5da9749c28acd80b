import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

/** What stands where there is nothing yet: what this place is for, and the next act. */
export function EmptyState({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <section className={classes['empty']}>
      <h2 className={classes['title']}>{title}</h2>
      {children && <div className={classes['text']}>{children}</div>}
      {actions && <div className={classes['actions']}>{actions}</div>}
    </section>
  )
}
