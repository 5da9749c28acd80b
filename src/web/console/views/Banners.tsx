import { useEffect } from 'react'
import type { ConsoleText } from '#contract/agent-wire.ts'
import { useWords } from '../../page/words.tsx'

type BannersProps = {
  texts: readonly ConsoleText[]
  onOpen: (text: ConsoleText) => void
  onConfirm: (text: ConsoleText) => void
}

/** Important texts that wait for a confirmation, above everything else on the page. */
export function Banners({ texts, onOpen, onConfirm }: BannersProps) {
  const t = useWords('console')
  const [text] = texts
  useEffect(() => {
    if (text) document.title = `(${texts.length}) ${t('title')}`
    else document.title = t('title')
  }, [text, texts.length, t])
  if (!text) return null
  return (
    <div className="banner" role="status">
      <b className="tag important">{t('urgency.important')}</b>
      <span className="grow">
        <b>{text.title}</b> {text.summary === '' ? text.core : text.summary}
        {texts.length > 1 && <span className="faint"> {t('urgent.more', { count: texts.length - 1 })}</span>}
      </span>
      <button type="button" onClick={() => onOpen(text)}>
        {t('banner.open')}
      </button>
      <button type="button" onClick={() => onConfirm(text)}>
        {t('text.confirm', { number: text.number })}
      </button>
    </div>
  )
}
