import { HOUR } from '#domain/durations.ts'
import { KEPT_BEFORE, TIMES_USUAL, type GapRule } from '#domain/timeline/gaps.ts'
import { useTranslation } from 'react-i18next'
import { useRoughSpan } from './use-rough-span.ts'
import styles from './GapMark.module.css'

/** A gap between two entries that is long for this incident; hovering shows the rule. */
export function GapMark({ ms, rule }: { ms: number; rule: GapRule | null }) {
  const { t } = useTranslation('timeline')
  const span = useRoughSpan()
  const words = useGapRuleWords()
  return (
    <p className={styles['gap']} title={rule ? words(rule) : undefined}>
      {t('gap.mark', { span: span(ms) })}
    </p>
  )
}

/** The text of the rule that marks gaps in an incident. */
export function useGapRuleWords(): (rule: GapRule) => string {
  const { t } = useTranslation('timeline')
  const span = useRoughSpan()
  return ({ usualMs, leastMs }) =>
    t('gap.rule', { usual: span(usualMs), least: span(leastMs), times: TIMES_USUAL, hours: KEPT_BEFORE / HOUR })
}
