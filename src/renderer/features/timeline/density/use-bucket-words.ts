import type { TimelineBucket } from '#contract/timeline-api.ts'
import { ENTRY_KINDS } from '#domain/timeline/entry.ts'
import { formatMoment } from '#ui/time/format-time.ts'
import { useTranslation } from 'react-i18next'
import { useRoughSpan } from '../list/use-rough-span.ts'

/** Describes a bucket of the strip: its time, its counts, and the clocks due in it. */
export function useBucketWords(): (bucket: TimelineBucket, now: number) => string {
  const { t, i18n } = useTranslation('timeline')
  const span = useRoughSpan()
  return ({ from, to, folded, count, shown, kinds, clocks }, now) => {
    const when = t('strip.from', { from: formatMoment(from, now, i18n.language), to: formatMoment(to, from, i18n.language) })
    if (folded) return t('strip.folded', { when, span: span(to - from) })
    const number = (value: number) => value.toLocaleString(i18n.language)
    const parts = [
      shown === count
        ? t('list.count', { count, number: number(count) })
        : t('filter.shown', { total: number(count), shown: number(shown) }),
    ]
    for (const kind of ['decision', 'turning-point'] as const) {
      const many = kinds[ENTRY_KINDS.indexOf(kind)] ?? 0
      if (many > 0) parts.push(t('list.kindCount', { kind: t(`terms:kind.${kind}`), number: number(many) }))
    }
    for (const { clock, mark } of clocks) parts.push(t(`strip.clock.${mark}`, { clock: t(`terms:clock.${clock}`) }))
    return `${when}${t('colon')}${parts.join(t('listSeparator'))}`
  }
}
