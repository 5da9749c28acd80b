import type { ConsoleText } from '#contract/agent-wire.ts'
import { momentWords } from '../../page/time-words.ts'
import { useLanguage, useWords } from '../../page/words.tsx'

/** Which version this is, since when, and how urgent. */
export function VersionLine({ text, now }: { text: ConsoleText; now: number }) {
  const t = useWords('console')
  const { language } = useLanguage()
  return (
    <p className="facts">
      {text.urgency !== 'normal' && <b className={`tag ${text.urgency}`}>{t(`urgency.${text.urgency}`)}</b>}
      <span>{t('text.version', { number: text.number, at: momentWords(text.from, now, language) })}</span>
      {text.until !== null && <span>{t('text.until', { at: momentWords(text.until, now, language) })}</span>}
      {text.emotion !== null && <span>{t(`emotions.${text.emotion}`)}</span>}
      {text.statement !== null && <span>{t(`statements.${text.statement}`)}</span>}
      <span>{text.confirmation === 'current' ? t('text.confirmed') : t('text.unconfirmed')}</span>
    </p>
  )
}

/** What changed since the version before, in one sentence; nothing for a first version without a summary. */
export function ChangeLine({ text }: { text: ConsoleText }) {
  const t = useWords('console')
  if (text.summary === '' && text.previousNumber === null) return null
  return (
    <p className="change">
      <b>{text.previousNumber === null ? t('change.new') : t('change.since', { number: text.previousNumber })}</b>
      {text.summary === '' ? t('change.unsaid') : text.summary}
    </p>
  )
}
