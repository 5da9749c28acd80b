import { useEffect, useState, type FormEvent } from 'react'
import type { ConsoleText } from '#contract/agent-wire.ts'
import { useWords } from '../../page/words.tsx'
import styles from './ReadingPane.module.css'

type FeedbackProps = {
  text: ConsoleText
  isObjecting: boolean
  onWorked: () => void
  onObject: (said: string) => void
  onObjecting: (isOpen: boolean) => void
}

/** Whether the text worked, in one click, or what the customer objected, in two: an objection that is known, or in own words. */
export function Feedback({ text, isObjecting, onWorked, onObject, onObjecting }: FeedbackProps) {
  const t = useWords('console')
  const [thanked, setThanked] = useState(false)
  useEffect(() => {
    if (!thanked) return
    const timer = setTimeout(() => setThanked(false), 2_000)
    return () => clearTimeout(timer)
  }, [thanked])
  const say = (said: string) => {
    onObject(said)
    onObjecting(false)
    setThanked(true)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    say(String(new FormData(event.currentTarget).get('said') ?? '').trim())
  }
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="W"
        onClick={() => {
          onWorked()
          setThanked(true)
        }}
      >
        {t('feedback.worked')}
        <kbd aria-hidden>W</kbd>
      </button>
      <button type="button" aria-expanded={isObjecting} aria-keyshortcuts="O" onClick={() => onObjecting(!isObjecting)}>
        {t('feedback.objected')}
        <kbd aria-hidden>O</kbd>
      </button>
      <span role="status" className="faint">
        {thanked ? t('feedback.noted') : ''}
      </span>
      {isObjecting && (
        <form className={styles.objecting} onSubmit={submit}>
          {text.objections.map(({ id, ask }) => (
            <button key={id} type="button" onClick={() => say(ask)}>
              {ask}
            </button>
          ))}
          <input name="said" maxLength={500} required autoFocus placeholder={t('feedback.said')} aria-label={t('feedback.said')} />
          <button type="submit">{t('feedback.send')}</button>
        </form>
      )}
    </>
  )
}
