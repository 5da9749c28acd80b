import { useRead } from '#client/use-read.ts'
import type { ItemDifference } from '#contract/bulletin-api.ts'
import { textDifference } from '#domain/wording/text/difference/difference.ts'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useTranslation } from 'react-i18next'
import { BulletinItems } from './BulletinItems.tsx'
import classes from './Bulletins.module.css'
import { partOf } from './text-part.ts'

/** A bulletin with its difference to the one before: each changed field of each text, by words. */
export function BulletinDifference({ incidentId, bulletinId }: { incidentId: string; bulletinId: string }) {
  const { t } = useTranslation('bulletins')
  const { data, failure, readAgain } = useRead('bulletins.get', { incidentId, bulletinId })
  if (failure) return <FailureNotice failure={failure} onRetry={readAgain} />
  if (!data) return null
  return (
    <div className={classes['difference']}>
      <BulletinItems incidentId={incidentId} items={data.items}>
        {(item) => <Fields fields={data.differences.find(({ wordingId }) => wordingId === item.wordingId)?.fields ?? []} />}
      </BulletinItems>
      {data.left.length > 0 && (
        <ul className={classes['left']} aria-label={t('left.title')}>
          {data.left.map(({ wordingId, title, why, detail }) => (
            <li key={wordingId}>
              {title} · {t(`left.${why}`, { detail })}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** The changed fields of one text. */
function Fields({ fields }: { fields: ItemDifference['fields'] }) {
  const { t } = useTranslation('bulletins')
  return (
    <dl>
      {fields.map(({ at, before, after }) => (
        <div key={at}>
          <dt>{t(`field.${partOf(at)}`)}</dt>
          <dd>
            <Words before={before} after={after} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Words({ before, after }: { before: string; after: string }) {
  let at = 0
  return textDifference(before, after).map(({ kind, text }) => {
    const key = `${at} ${kind}`
    at += text.length
    if (kind === 'same') return <span key={key}>{text}</span>
    return kind === 'added' ? <ins key={key}>{text}</ins> : <del key={key}>{text}</del>
  })
}
