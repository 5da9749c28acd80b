import { Guarded } from '#ui/Guarded.tsx'
import type { ReactNode } from 'react'
import styles from './RiskPart.module.css'

/** A section of the risk page or tab with a small heading. */
export function RiskPart({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles['part']} aria-label={title}>
      <div className={styles['head']}>
        <h3>{title}</h3>
        {aside}
      </div>
      <Guarded of={children}>{children}</Guarded>
    </section>
  )
}
