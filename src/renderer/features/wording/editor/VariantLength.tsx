import { textLength, type LengthPlace } from '#domain/wording/text/length/text-length.ts'
import type { WordingChannel } from '#domain/wording/content.ts'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftPart } from './draft-parts.ts'
import classes from './editor.module.css'

/** Where the length of a channel's text matters. */
const PLACES: Partial<Record<WordingChannel, LengthPlace>> = {
  weibo: 'weibo',
  sms: 'sms',
  phone: 'spoken',
  wechat: 'wechat-digest',
  video: 'spoken',
}

/** The length of a variant as people count it on its channel. */
export function VariantLength({ part }: { part: DraftPart }) {
  const { t } = useTranslation('wording-editor')
  const text = part.text('text')
  const now = useSyncExternalStore(
    (onChange) => {
      text?.observe(onChange)
      return () => text?.unobserve(onChange)
    },
    () => text?.toString() ?? '',
  )
  const place = PLACES[part.values['channel'] as WordingChannel]
  if (place === undefined) return <span className={classes['soft']}>{t('length.plain', { used: now.length })}</span>
  const { unit, used, limit, segments } = textLength(now, place)
  const over = used > limit
  return (
    <span className={over ? classes['over'] : classes['soft']}>
      {t(`length.${unit}`, { used, limit, segments })}
      {over && ` · ${t('length.over')}`}
    </span>
  )
}
