import type { RiskView } from '#contract/risk-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { FRESH_MS } from '#domain/risk/evidence.ts'
import { RiskInputs } from '#domain/risk/risk.ts'
import { Age } from '#ui/Age.tsx'
import { ActButton } from '#ui/ActButton.tsx'
import { useNow } from '#ui/time/use-now.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRiskWords, type Figure } from '../risk-words.ts'
import type { Risk } from '../use-risk.ts'
import styles from './FigureTable.module.css'

const FIGURES = Object.keys(RiskInputs.shape) as Figure[]

/** The figures behind the grade: meaning, source and age. Typing over a figure shows the result at once. */
export function FigureTable({ risk }: { risk: Risk }) {
  const { t } = useTranslation('risk')
  const trying = Object.keys(risk.tried).length > 0
  return (
    <div className={styles['figures']}>
      <table>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('figures.name')}</th>
            <th scope="col">{t('figures.value')}</th>
            <th scope="col">{t('figures.origin')}</th>
          </tr>
        </thead>
        <tbody>
          {FIGURES.map((figure) => (
            <tr key={figure} data-tried={figure in risk.tried || undefined}>
              <th scope="row">{t(`figure.${figure}`)}</th>
              <td>
                <FigureField figure={figure} value={risk.inputs[figure]} onValue={(value) => risk.tryFigure(figure, value)} />
              </td>
              <td>
                {figure in risk.tried ? <em>{t('figures.typed')}</em> : <Origin figure={figure} origin={risk.view.origins[figure]} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {trying && (
        <div>
          <ActButton quiet size="compact-xs" readsOnly onAct={risk.forgetTried}>
            {t('figures.back')}
          </ActButton>
        </div>
      )}
    </div>
  )
}

function FigureField({ figure, value, onValue }: { figure: Figure; value: number | null; onValue: (value: number | null) => void }) {
  const { t } = useTranslation('risk')
  // Typed text takes effect at once; invalid text stays until the field loses the focus and is then replaced by the figure.
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? (value === null ? '' : String(value))
  const unreadable = readFigure(figure, text) === undefined
  return (
    <span className={styles['field']}>
      <input
        value={text}
        inputMode="decimal"
        placeholder="–"
        aria-label={t(`figure.${figure}`)}
        aria-invalid={unreadable || undefined}
        title={unreadable ? t('figures.unreadable') : undefined}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          const read = readFigure(figure, event.currentTarget.value)
          if (read !== undefined) onValue(read)
        }}
        onBlur={() => setTyped(null)}
      />
      <span aria-hidden="true">{t(`unit.${figure}`)}</span>
    </span>
  )
}

/** Null for an empty field, undefined for an invalid one. */
function readFigure(figure: Figure, text: string): number | null | undefined {
  const plain = text.trim().replaceAll(/[,%，％+]/g, '')
  if (plain === '' || plain === '–') return null
  const read = RiskInputs.shape[figure].safeParse(Number(plain))
  return read.success ? read.data : undefined
}

function Origin({ figure, origin }: { figure: Figure; origin: RiskView['origins'][Figure] }) {
  const { t } = useTranslation('risk')
  const words = useRiskWords()
  const now = useNow(MINUTE)
  if (!origin) return <span className={styles['none']}>{t(`ask.${figure}`)}</span>
  const at = 'assessedAt' in origin ? origin.assessedAt : origin.at
  const old = now - at > FRESH_MS
  const growth = 'growth' in origin ? origin.growth : undefined
  return (
    <span
      className={styles['origin']}
      data-old={old || undefined}
      title={growth ? t('figures.growth', { last: words.number(growth.last), before: words.number(growth.before) }) : undefined}
    >
      {old && <b>{t('figures.old')}</b>}
      <span>{'assessedAt' in origin ? t('figures.assessed') : origin.name}</span> · <Age at={at} />
      {growth && growth.hoursBefore < 24 && <i>{t('figures.partDay', { hours: growth.hoursBefore })}</i>}
    </span>
  )
}
