import { useRead } from '#client/use-read.ts'
import { HOUR, MINUTE } from '#domain/durations.ts'
import { usePermit } from '#features/permissions'
import { formatClock, formatExact } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { SegmentedControl } from '@mantine/core'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurveDrawing } from '../chart/curve-option.ts'
import { CurveTable } from '../chart/CurveTable.tsx'
import { useRiskWords } from '../risk-words.ts'
import { USE_MEASURES, curvesOfUse, type UseCurve, type UseMeasure } from './use-curves.ts'
import styles from './UseCurves.module.css'

const CurveChart = lazy(async () => ({ default: (await import('../chart/CurveChart.tsx')).CurveChart }))

const HOURS = 72
const SHOWN = 6
const HEIGHT = 150

/** What agents did with the texts of an incident, hour by hour, beside its curves. Nothing while there is no use, or no hub. */
export function UseCurves({ incidentId }: { incidentId: string }) {
  const { t } = useTranslation('risk')
  const barred = usePermit('agents.read')
  const { data } = useRead('agents.use', barred === null ? { incidentId, hours: HOURS } : null, { every: MINUTE })
  const texts = useRead('wordings.list', { incidentId, removed: true }).data ?? []
  const [measure, setMeasure] = useState<UseMeasure>('opened')
  const now = useNow(MINUTE)
  const curves = useMemo(() => curvesOfUse(data ?? [], measure, now), [data, measure, now])
  if (curves.length === 0) return null
  return (
    <section className={styles['use']} aria-label={t('use.title')}>
      <div className={styles['head']}>
        <h2>{t('use.title')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('use.measure')}
          value={measure}
          onChange={(value) => setMeasure(USE_MEASURES.find((one) => one === value) ?? measure)}
          data={USE_MEASURES.map((one) => ({ value: one, label: t(`use.${one}`) }))}
        />
      </div>
      <div className={styles['curves']}>
        {curves.slice(0, SHOWN).map((curve) => (
          <TextUse
            key={curve.wordingId}
            curve={curve}
            measure={measure}
            title={texts.find(({ id }) => id === curve.wordingId)?.title ?? ''}
          />
        ))}
      </div>
    </section>
  )
}

function TextUse({ curve, measure, title }: { curve: UseCurve; measure: UseMeasure; title: string }) {
  const { t, i18n } = useTranslation('risk')
  const words = useRiskWords()
  const { language } = i18n
  const { points, total, versions } = curve
  const label = t('use.label', { title, measure: t(`use.${measure}`), count: total })
  const drawing = useMemo((): CurveDrawing => {
    const from = points[0]?.[0] ?? 0
    const last = points.at(-1)
    return {
      // The last hour is as wide as the others.
      points: last ? [...points, [last[0] + HOUR, last[1]]] : points,
      threshold: null,
      marks: versions.slice(1).map(({ at, number }) => ({ at, word: t('use.version', { number }), confirmed: true })),
      from,
      to: (last?.[0] ?? from) + HOUR,
      small: true,
      steps: true,
      share: false,
      words: {
        value: (value) => words.number(value),
        short: (value) => words.short(value),
        moment: (at) => formatExact(at, language),
        axis: (at) => formatClock(at, language),
      },
    }
    // oxlint-disable-next-line react/exhaustive-deps -- the words of the risk are made anew each time and say the same
  }, [points, versions, t, language])
  return (
    <figure className={styles['text']}>
      <figcaption>
        <b>{title}</b> <small>{t('use.total', { count: total })}</small>
      </figcaption>
      <Suspense fallback={<div style={{ height: HEIGHT }} />}>
        <CurveChart drawing={drawing} label={label} height={HEIGHT} />
      </Suspense>
      <CurveTable name={label} points={points} word={(value) => words.number(value)} />
    </figure>
  )
}
