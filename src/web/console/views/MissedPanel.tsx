import { useEffect, useRef, useState } from 'react'
import type { ConsoleText } from '#contract/agent-wire.ts'
import { momentWords } from '../../page/time-words.ts'
import { useLanguage, useWords } from '../../page/words.tsx'
import type { Missed } from '../state/console-model.ts'
import { TextBody } from './TextBody.tsx'
import { ChangeLine, VersionLine } from './VersionLine.tsx'
import styles from './UrgentScreen.module.css'

type MissedPanelProps = { missed: readonly Missed[]; now: number; onShown: (text: ConsoleText) => void; onEnd: () => void }

/** What changed while the agent was away, one after the other, once. */
export function MissedPanel({ missed, now, onShown, onEnd }: MissedPanelProps) {
  const t = useWords('console')
  const { language } = useLanguage()
  const [at, setAt] = useState(0)
  const next = useRef<HTMLButtonElement>(null)
  const screen = useRef<HTMLDivElement>(null)
  const shown = missed[Math.min(at, missed.length - 1)]
  const isLast = at >= missed.length - 1
  useEffect(() => {
    if (shown && 'text' in shown) onShown(shown.text)
    screen.current?.scrollTo(0, 0)
    next.current?.focus()
  }, [shown, onShown])
  if (!shown) return null
  return (
    <div className={styles.panel} role="dialog" aria-modal="true" aria-labelledby="missed-title" ref={screen}>
      <div className={styles.sheet}>
        <p className={styles.calm}>
          <b>{t('missed.head', { count: missed.length })}</b>
          <span>{t('missed.at', { at: Math.min(at + 1, missed.length), of: missed.length })}</span>
        </p>
        <h2 id="missed-title">{'text' in shown ? shown.text.title : shown.gone.title}</h2>
        {'text' in shown ? (
          <>
            <VersionLine text={shown.text} now={now} />
            <ChangeLine text={shown.text} />
            <TextBody text={shown.text} />
          </>
        ) : (
          <p className="notice isBad">
            {t(`gone.${shown.gone.why}`, { at: momentWords(shown.gone.at, now, language) })}
            {shown.gone.instead !== '' && <b> {t('gone.instead', { instead: shown.gone.instead })}</b>}
          </p>
        )}
      </div>
      <div className={styles.foot}>
        {at > 0 && (
          <button type="button" onClick={() => setAt(at - 1)}>
            {t('missed.back')}
          </button>
        )}
        <button type="button" className="main" ref={next} onClick={() => (isLast ? onEnd() : setAt(at + 1))}>
          {isLast ? t('missed.end') : t('missed.next')}
        </button>
      </div>
    </div>
  )
}
