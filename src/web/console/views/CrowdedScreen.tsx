import { useEffect, useRef } from 'react'
import { useWords } from '../../page/words.tsx'
import styles from './UrgentScreen.module.css'

/** Covers a console that is told no more because the agent has too many open: what it shows may be old. */
export function CrowdedScreen({ onTakeUp }: { onTakeUp: () => void }) {
  const t = useWords('console')
  const screen = useRef<HTMLDivElement>(null)
  useEffect(() => {
    screen.current?.focus()
  }, [])
  return (
    <div className={styles.panel} role="alertdialog" aria-modal="true" aria-labelledby="crowded-title" tabIndex={-1} ref={screen}>
      <div className={styles.sheet}>
        <h2 id="crowded-title">{t('crowded.title')}</h2>
        <p>{t('crowded.why')}</p>
      </div>
      <div className={styles.foot}>
        <button type="button" className="main" onClick={onTakeUp}>
          {t('crowded.takeUp')}
        </button>
      </div>
    </div>
  )
}
