import { RISK_SCALES, type FactorGrade, type RiskInputs } from '#domain/risk/risk.ts'
import type { TurningPointSuggestion } from '#domain/risk/turning-points.ts'
import { formatClock } from '#ui/time/format-time.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'

export type Figure = keyof RiskInputs

/** Formats a figure with its sign and unit: `+312%`, `4 家`. */
function wordFigure(figure: Figure, value: number, t: TFunction<'risk'>, language: string): string {
  const grows = figure === 'growth24h' || figure === 'enquiryGrowth'
  const number = value.toLocaleString(language, {
    maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0,
    ...(grows ? { signDisplay: 'exceptZero' } : {}),
  })
  return t(`risk:value.${figure}`, { number })
}

/**
 * The reason for the grade of a factor: the figure, its meaning, the threshold that it exceeded or not, and the source of the threshold.
 */
function wordReason({ figure, value, threshold, passed, source }: FactorGrade['reason'], t: TFunction<'risk'>, language: string): string {
  const values = {
    figure: t(`risk:figure.${figure}`),
    value: wordFigure(figure, value, t, language),
    threshold: wordFigure(figure, threshold, t, language),
  }
  if (source !== null)
    return RISK_SCALES.some((scale) => scale.figure === figure && scale.alarm)
      ? t('risk:reason.alarm', values)
      : t('risk:reason.attention', values)
  return passed ? t('risk:reason.passed', values) : t('risk:reason.under', values)
}

/** The measurements behind a suggested turning point. */
function wordMeasured({ kind, measured, against }: TurningPointSuggestion, t: TFunction<'risk'>, language: string): string {
  const number = (value: number) => value.toLocaleString(language, { maximumFractionDigits: measured < 10 ? 1 : 0 })
  const values = { measured: number(measured), against: number(against) }
  switch (kind) {
    case 'acceleration':
      return against > 0
        ? t('risk:measured.acceleration', { ...values, times: (measured / against).toLocaleString(language, { maximumFractionDigits: 1 }) })
        : t('risk:measured.start', values)
    case 'cooling':
      return t('risk:measured.cooling', { ...values, share: number(against > 0 ? (measured / against) * 100 : 0) })
    case 'precursor':
      return t('risk:measured.precursor', values)
    case 'emotion-shift':
      return t('risk:measured.emotion-shift', values)
    default:
      return kind satisfies never
  }
}

/** The texts of the risk feature in the current language. */
export function useRiskWords() {
  const { t, i18n } = useTranslation('risk')
  const { language } = i18n
  return {
    figure: (figure: Figure, value: number) => wordFigure(figure, value, t, language),
    reason: (reason: FactorGrade['reason']) => wordReason(reason, t, language),
    measured: (suggestion: TurningPointSuggestion) => wordMeasured(suggestion, t, language),
    number: (value: number) => value.toLocaleString(language, { maximumFractionDigits: 1 }),
    /** Short form for axes: `12.4万`, `124K`. */
    short: (value: number) => value.toLocaleString(language, { notation: 'compact', maximumFractionDigits: 1 }),
    clock: (at: number) => formatClock(at, language),
  }
}
