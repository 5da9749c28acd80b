import type { WordingRow } from '#contract/wording-api.ts'
import type { Emotion } from '#domain/wording/wording.ts'
import { Guarded } from '#ui/Guarded.tsx'
import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { wordingAddress } from '../wording-address.ts'
import { WordingMark } from '../WordingMark.tsx'
import { MATRIX_COLUMNS, matrixOf, type MatrixColumn } from './library-rows.ts'
import classes from './Library.module.css'
import { RowMarks } from './RowMarks.tsx'

type Props = {
  rows: readonly WordingRow[]
  /** Null if this member may write one; else empty cells stay empty. */
  barred: string | null
  onWrite: (scenario: string, emotion: Emotion | null) => void
}

/** The script matrix: scenarios by the emotions of a customer (MS-01). An empty cell offers to write its text. */
export function Matrix({ rows, barred, onWrite }: Props) {
  const { t } = useTranslation('wording')
  const lines = matrixOf(rows)
  const word = (scenario: string) => (scenario === '' ? t('anyScenario') : scenario)
  const column = (emotion: MatrixColumn) => t(emotion === 'any' ? 'anyEmotion' : `emotion.${emotion}`)
  return (
    <div className={classes['matrixFrame']} tabIndex={0} role="region" aria-label={t('view.matrix')}>
      <table className={classes['matrix']}>
        <thead>
          <tr>
            <th scope="col">{t('field.scenario')}</th>
            {MATRIX_COLUMNS.map((emotion) => (
              <th key={emotion} scope="col">
                {column(emotion)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ scenario, cells }) => (
            <tr key={scenario}>
              <th scope="row">{word(scenario)}</th>
              {MATRIX_COLUMNS.map((emotion) => (
                <td key={emotion}>
                  {cells[emotion].map((row) => (
                    <Guarded key={row.id} of={row}>
                      <Cell row={row} />
                    </Guarded>
                  ))}
                  {cells[emotion].length === 0 && barred === null && (
                    <UnstyledButton className={classes['gap']} onClick={() => onWrite(scenario, emotion === 'any' ? null : emotion)}>
                      <span aria-hidden="true">+ {t('act.fill')}</span>
                      <span className="visually-hidden">{t('act.fillLong', { scenario: word(scenario), emotion: column(emotion) })}</span>
                    </UnstyledButton>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ row }: { row: WordingRow }) {
  return (
    <div className={classes['cell']}>
      <Link to={wordingAddress(row.incidentId, row.id)} data-wording="">
        {row.title}
      </Link>
      <span className={classes['under']}>
        <WordingMark status={row.status} />
        <RowMarks row={row} />
      </span>
    </div>
  )
}
