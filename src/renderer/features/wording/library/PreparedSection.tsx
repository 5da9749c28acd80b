import type { WordingRow } from '#contract/wording-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { wordingAddress } from '../wording-address.ts'
import { WordingMark } from '../WordingMark.tsx'
import classes from './Library.module.css'
import { RowMarks } from './RowMarks.tsx'

type Props = {
  rows: readonly WordingRow[]
  /** Why this member may not publish, or null. */
  barred: string | null
  onRelease: (row: WordingRow, revisionId: string) => void
}

type ReleaseProps = Pick<Props, 'barred' | 'onRelease'> & { row: WordingRow; ready: WordingRow['ready'] }

function ReleaseAct({ row, ready, barred, onRelease }: ReleaseProps) {
  const { t } = useTranslation('wording')
  if (!ready) return null
  return (
    <ActButton size="xs" barred={barred} onAct={() => onRelease(row, ready.id)}>
      {t('prepared.act', { number: ready.number })}
    </ActButton>
  )
}

/** The revision that can be released now: a new one, or the one that was withdrawn before. */
const releasable = (row: WordingRow) => row.ready ?? (row.live === null ? row.again : null)

/** Prepared wording (升级口径, MS-17): approved in advance, and published in one act when its condition occurs. */
export function PreparedSection({ rows, barred, onRelease }: Props) {
  const { t } = useTranslation('wording')
  return (
    <section className={classes['prepared']} aria-label={t('prepared.title')}>
      <h2>{t('prepared.title')}</h2>
      <p className={classes['hint']}>{t('prepared.hint')}</p>
      <ul>
        {rows.map((row) => (
          <Guarded key={row.id} of={row} as="li">
            <li>
              <div className={classes['when']}>
                <span>{t('prepared.when')}</span> {row.preparedFor}
              </div>
              <div className={classes['cell']}>
                <Link to={wordingAddress(row.incidentId, row.id)} data-wording="">
                  {row.title}
                </Link>
                <span className={classes['under']}>
                  <WordingMark status={row.status} />
                  <RowMarks row={row} />
                </span>
              </div>
              <ReleaseAct row={row} ready={releasable(row)} barred={barred} onRelease={onRelease} />
              {!releasable(row) && row.live === null && <span className={classes['none']}>{t('prepared.notReady')}</span>}
            </li>
          </Guarded>
        ))}
      </ul>
    </section>
  )
}
