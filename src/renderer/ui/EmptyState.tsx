import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

/** Placeholder for an empty page or list: what it is for, and the next action. */
export function EmptyState({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <section className={classes['empty']}>
      <h2 className={classes['title']}>{title}</h2>
      {children && <div className={classes['text']}>{children}</div>}
      {actions && <div className={classes['actions']}>{actions}</div>}
    </section>
  )
}
