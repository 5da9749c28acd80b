import type { SeriesFigures } from '#contract/import-api.ts'
import { useTranslation } from 'react-i18next'
import styles from './CheckStep.module.css'

/** The result of each number column as it would be read, with a warning if the reading does not fit the numbers. */
export function CheckedSeries({ series }: { series: readonly SeriesFigures[] }) {
  const { t, i18n } = useTranslation('imports')
  if (series.length === 0) return null
  return (
    <ul className={styles['figures']} aria-label={t('figures.title')}>
      {series.map((one) => {
        const withUnit = (value: number) =>
          [value.toLocaleString(i18n.language, { maximumFractionDigits: 2 }), one.unit].filter(Boolean).join(' ')
        const values = {
          name: one.name,
          reading: t(`terms:reading.${one.reading}`),
          sum: withUnit(one.sum),
          last: withUnit(one.last),
          highest: withUnit(one.highest),
          lowest: withUnit(one.lowest),
        }
        const doubt = doubtOf(one)
        return (
          <li key={one.column}>
            <span data-digits>{t(one.count === 0 ? 'figures.empty' : `figures.${one.reading}`, values)}</span>
            {doubt !== null && <b>{t(`figures.${doubt}`, { count: one.falls })}</b>}
          </li>
        )
      })}
    </ul>
  )
}

/** Number of measurements from which "never falling" is significant. */
const ENOUGH = 4

function doubtOf({ reading, unit, highest, falls, rises, count }: SeriesFigures): 'falls' | 'neverFalls' | 'overHundred' | null {
  if (reading === 'running-total') return falls > 0 ? 'falls' : null
  if (reading === 'level') return unit === '%' && highest > 100 ? 'overHundred' : null
  return falls === 0 && rises > 0 && count >= ENOUGH ? 'neverFalls' : null
}
