import type { ReactNode } from 'react'
import styles from './Step.module.css'

/** One numbered step of the import; all steps are visible, one below the other. */
export function Step({ number, title, aside, children }: { number: number; title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles['step']} aria-label={title}>
      <div className={styles['head']}>
        <span className={styles['number']} aria-hidden="true">
          {number}
        </span>
        <h2>{title}</h2>
        {aside && <div className={styles['aside']}>{aside}</div>}
      </div>
      <div className={styles['body']}>{children}</div>
    </section>
  )
}
