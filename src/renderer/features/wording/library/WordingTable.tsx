import type { WordingRow } from '#contract/wording-api.ts'
import { Age } from '#ui/Age.tsx'
import { CellNote, DataTable } from '#ui/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { wordingAddress } from '../wording-address.ts'
import { WordingMark } from '../WordingMark.tsx'
import classes from './Library.module.css'
import { RowMarks } from './RowMarks.tsx'

/** Texts of one kind as a table; each title opens its text. */
export function WordingTable({ label, rows }: { label: string; rows: readonly WordingRow[] }) {
  const { t } = useTranslation('wording')
  return (
    <DataTable
      label={label}
      rows={rows}
      rowKey={({ id }) => id}
      muted={({ removed }) => removed}
      columns={[
        {
          id: 'text',
          head: t('column.text'),
          width: '46%',
          render: (row) => (
            <>
              <Link className={classes['title'] ?? ''} to={wordingAddress(row.incidentId, row.id)} data-wording="">
                {row.title}
              </Link>
              {row.core !== '' && <CellNote>{row.core}</CellNote>}
            </>
          ),
        },
        { id: 'place', head: t('column.place'), render: (row) => <Place row={row} /> },
        {
          id: 'status',
          head: t('column.status'),
          render: (row) => (
            <span className={classes['under']}>
              <WordingMark status={row.status} />
              <RowMarks row={row} />
            </span>
          ),
        },
        { id: 'revision', head: t('column.inUse'), fit: true, render: (row) => <InUse row={row} /> },
      ]}
    />
  )
}

function Place({ row }: { row: WordingRow }) {
  const { t } = useTranslation('wording')
  const parts = [
    row.statement && t(`statement.${row.statement}`),
    row.scenario,
    row.emotion && t(`emotion.${row.emotion}`),
    row.language === 'en' ? t('language.en') : null,
  ]
  return parts.filter(Boolean).join(' · ') || t('anyScenario')
}

/** The revision that is in use and since when, or that there is none. */
export function InUse({ row: { live } }: { row: Pick<WordingRow, 'live'> }) {
  const { t } = useTranslation('wording')
  if (!live) return <span className={classes['none']}>{t('noneInUse')}</span>
  return (
    <>
      {t('revision', { number: live.number })} · <Age at={live.at} />
    </>
  )
}
