import { useState, type ReactNode } from 'react'
import type { ConsoleState } from '#contract/agent-wire.ts'
import { momentWords } from '../../page/time-words.ts'
import { useLanguage, useWords } from '../../page/words.tsx'
import type { Alarm } from '../alarm.ts'
import type { Freshness } from '../state/reading.ts'
import { PageChoices } from './PageChoices.tsx'
import styles from './HeaderBar.module.css'

type HeaderBarProps = {
  state: ConsoleState
  freshness: Freshness
  waiting: number
  alarm: Alarm
  search: ReactNode
  onHelp: () => void
  onLeave: () => void
}

/** Who works here, whether what is shown is current, and the search. */
export function HeaderBar({ state, freshness, waiting, alarm, search, onHelp, onLeave }: HeaderBarProps) {
  const t = useWords('console')
  // On a narrow screen, what is seldom needed is behind a button.
  const [isOpen, setOpen] = useState(false)
  return (
    <header className={styles.bar}>
      <h1>{t('title')}</h1>
      <span className={styles.team}>{state.team}</span>
      <div className={styles.search}>{search}</div>
      <span className={freshness.isLive ? styles.live : styles.dead}>{freshness.isLive ? t('live.current') : t('live.offline')}</span>
      {waiting > 0 && !freshness.isLive && <span className="faint">{t('live.waiting', { count: waiting })}</span>}
      {alarm.state !== 'none' && (
        <button type="button" className="quiet" aria-pressed={alarm.state === 'muted'} onClick={alarm.toggle}>
          {t(`sound.${alarm.state}`)}
        </button>
      )}
      <button type="button" className={`quiet ${styles.toggle}`} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('more')}
      </button>
      <div className={isOpen ? styles.more : styles.less}>
        <PageChoices />
        <button type="button" className="quiet" aria-keyshortcuts="?" onClick={onHelp}>
          {t('help.open')}
        </button>
        <span className={styles.who} title={state.agent.vendor ?? undefined}>
          {state.agent.name} {state.agent.number}
        </span>
        <button type="button" className="quiet" onClick={onLeave}>
          {t('leave')}
        </button>
      </div>
    </header>
  )
}

/** Since when nothing was checked, and what that locks. */
export function OfflineBar({ freshness, now }: { freshness: Freshness; now: number }) {
  const t = useWords('console')
  const { language } = useLanguage()
  if (freshness.isLive) return null
  return (
    <div className={styles.offline} role="alert">
      <b>{freshness.since === null ? t('offline.never') : t('offline.since', { at: momentWords(freshness.since, now, language) })}</b>
      <span>{freshness.isLocked ? t('offline.locked') : t('offline.mayDiffer')}</span>
    </div>
  )
}
