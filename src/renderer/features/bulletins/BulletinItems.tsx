import type { BulletinItem } from '#domain/bulletins/bulletin.ts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './Bulletins.module.css'

type Props = {
  incidentId: string
  items: readonly BulletinItem[]
  /** The acts on an item, and what is below it. */
  children?: (item: BulletinItem, index: number) => ReactNode
}

/** The changes of a bulletin in order, each with what it is, its title and its sentence. */
export function BulletinItems({ incidentId, items, children }: Props) {
  const { t } = useTranslation('bulletins')
  if (items.length === 0) return <p className={classes['none']}>{t('none')}</p>
  return (
    <ol className={classes['items']}>
      {items.map((item, index) => (
        <li key={item.wordingId}>
          <span className={classes['change']} data-change={item.change}>
            {t(`change.${item.change}`)}
          </span>
          <div className={classes['said']}>
            <p>
              <Link to={`/incidents/${incidentId}/wording/${item.wordingId}`}>{item.title}</Link>{' '}
              <span>{t('revision', { number: item.number })}</span> {item.pushed && <span>{t('pushed')}</span>}
            </p>
            {item.summary !== '' && <p>{item.change === 'withdrawn' ? t('instead', { text: item.summary }) : item.summary}</p>}
          </div>
          {children?.(item, index)}
        </li>
      ))}
    </ol>
  )
}
