import type { ReactNode } from 'react'
import styles from './Part.module.css'

/** A section of the side panel with a small heading and actions beside it. */
export function Part({ title, aside, id, children }: { title: string; aside?: ReactNode; id?: string; children?: ReactNode }) {
  return (
    <section className={styles['part']} id={id} aria-label={title}>
      <div className={styles['head']}>
        <h3>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}
