import type { CurvePoint } from '#domain/risk/curves.ts'
import { formatExact, machineTime } from '#ui/time/format-time.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './CurveTable.module.css'

const MOST_ROWS = 500

/** The figures of a curve, newest first: for screen readers, copying, and checking. */
export function CurveTable({ name, points, word }: { name: string; points: readonly CurvePoint[]; word: (value: number) => string }) {
  const { t, i18n } = useTranslation('risk')
  const [open, setOpen] = useState(false)
  const rows = open ? points.slice(-MOST_ROWS).toReversed() : []
  return (
    <details className={styles['table']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('curve.table', { count: points.length })}</summary>
      {open && (
        // A scrollable region must be focusable.
        <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('curve.tableOf', { name })}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('curve.time')}</th>
                <th scope="col">{name}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([at, value]) => (
                <tr key={at}>
                  <th scope="row">
                    <time dateTime={machineTime(at)}>{formatExact(at, i18n.language)}</time>
                  </th>
                  <td>{value === null ? '–' : word(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {points.length > MOST_ROWS && <p>{t('curve.tableRest', { count: points.length - MOST_ROWS })}</p>}
        </div>
      )}
    </details>
  )
}
