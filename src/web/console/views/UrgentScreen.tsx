import { useEffect, useRef } from 'react'
import type { ConsoleText } from '#contract/agent-wire.ts'
import { useWords } from '../../page/words.tsx'
import type { Alarm } from '../alarm.ts'
import { TextBody } from './TextBody.tsx'
import { ChangeLine, VersionLine } from './VersionLine.tsx'
import styles from './UrgentScreen.module.css'

type UrgentScreenProps = {
  text: ConsoleText
  /** How many more wait behind it. */
  more: number
  now: number
  alarm: Alarm
  onShown: (text: ConsoleText) => void
  onConfirm: (text: ConsoleText) => void
}

const REPEAT = 20_000

/** Covers everything until the text is confirmed in the version that is shown. Sounds at once and again while it waits. Each version is a
 * component of its own (`key`). */
export function UrgentScreen({ text, more, now, alarm, onShown, onConfirm }: UrgentScreenProps) {
  const t = useWords('console')
  const screen = useRef<HTMLDivElement>(null)
  const { beep } = alarm

  useEffect(() => {
    // Not the button: whoever is typing must not confirm by accident.
    screen.current?.focus()
  }, [])
  useEffect(() => {
    beep()
    const timer = setInterval(beep, REPEAT)
    return () => clearInterval(timer)
  }, [beep])
  useEffect(() => {
    onShown(text)
  }, [text, onShown])
  useEffect(() => {
    const title = document.title
    let isOn = false
    const timer = setInterval(() => {
      isOn = !isOn
      document.title = isOn ? t('urgent.title') : title
    }, 1_000)
    return () => {
      clearInterval(timer)
      document.title = title
    }
  }, [t])

  return (
    <div className={styles.screen} role="alertdialog" aria-modal="true" aria-labelledby="urgent-title" tabIndex={-1} ref={screen}>
      <div className={styles.sheet}>
        <p className={styles.head}>
          <b>{t('urgent.head')}</b>
          {more > 0 && <span>{t('urgent.more', { count: more })}</span>}
        </p>
        <h2 id="urgent-title">{text.title}</h2>
        <VersionLine text={text} now={now} />
        <ChangeLine text={text} />
        <TextBody text={text} />
      </div>
      <div className={styles.foot}>
        {alarm.state === 'blocked' && <p>{t('sound.blockedHint')}</p>}
        <button type="button" className="main" onClick={() => onConfirm(text)}>
          {t('urgent.confirm', { number: text.number })}
        </button>
      </div>
    </div>
  )
}
