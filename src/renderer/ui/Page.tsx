import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import classes from './Page.module.css'

/** The body of a page below its header; `wide` uses the full width, for tables and timelines. */
export function Page({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return <div className={classNames(classes['page'], wide && classes['wide'])}>{children}</div>
}

/** Top line of a page: title, key facts, and the primary action. */
export function PageHeader({
  title,
  within = false,
  aside,
  actions,
  children,
}: {
  title: ReactNode
  /** Whether the page is nested under another header, which has the first heading. */
  within?: boolean
  aside?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}) {
  const Heading = within ? 'h2' : 'h1'
  return (
    <header className={classes['header']}>
      <div className={classes['line']}>
        <Heading className={classNames(classes['title'], within && classes['within'])}>{title}</Heading>
        {aside && <div className={classes['aside']}>{aside}</div>}
        {actions && <div className={classes['actions']}>{actions}</div>}
      </div>
      {children}
    </header>
  )
}

/** A part of a page under a heading. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes['section']}>
      <div className={classes['sectionLine']}>
        <h2 className={classes['sectionTitle']}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
