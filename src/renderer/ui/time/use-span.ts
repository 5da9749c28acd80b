import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { spanParts } from './format-time.ts'

type SpanPiece = { count: number; unit: 'day' | 'hour' | 'minute' | 'second' }

/** The two largest units of a length of time, so that minutes can never be taken for hours: each number stands with its unit. */
export function spanPieces(ms: number): SpanPiece[] {
  const { days, hours, minutes, seconds } = spanParts(ms)
  if (days > 0)
    return [
      { count: days, unit: 'day' },
      { count: hours, unit: 'hour' },
    ]
  if (hours > 0)
    return [
      { count: hours, unit: 'hour' },
      { count: minutes, unit: 'minute' },
    ]
  return minutes > 0
    ? [
        { count: minutes, unit: 'minute' },
        { count: seconds, unit: 'second' },
      ]
    : [{ count: seconds, unit: 'second' }]
}

/** One piece in words, with its unit; what follows another keeps its width while it counts, where the language writes it so. */
export function wordPiece({ count, unit }: SpanPiece, t: TFunction<'ui'>, follows: boolean): string {
  // Only what counts in seconds keeps its width; hours and days stand for a while.
  const width = follows && unit !== 'hour' ? Number(t('ui:span.width')) : 1
  return t(`ui:span.${unit}`, { number: String(count).padStart(width, '0') })
}

/**
 * Words for a length of time, the only ones there are: `48 分 09 秒`, `3 小时 12 分`, `2 天 3 小时`.
 * @param ms milliseconds; its sign does not matter
 */
export function wordSpan(ms: number, t: TFunction<'ui'>): string {
  return spanPieces(ms)
    .map((piece, index) => wordPiece(piece, t, index > 0))
    .join(' ')
}

/** Words for a length of time in whole minutes, for what does not count: `2 天 3 小时`, `1 小时 30 分`, `45 分`; nothing is left out but zeros. */
export function wordMinutes(ms: number, t: TFunction<'ui'>): string {
  const { days, hours, minutes } = spanParts(ms)
  const pieces: SpanPiece[] = [
    { count: days, unit: 'day' },
    { count: hours, unit: 'hour' },
    { count: minutes, unit: 'minute' },
  ]
  const said = pieces.filter(({ count }) => count > 0)
  return (said.length > 0 ? said : pieces.slice(-1)).map((piece) => wordPiece(piece, t, false)).join(' ')
}

/** The same without days, as limits are spoken of: `24 小时`, `1 小时 30 分`. */
export function wordHours(ms: number, t: TFunction<'ui'>): string {
  const hours = Math.floor(ms / 3_600_000)
  const rest = ms - hours * 3_600_000
  const inHours = hours > 0 ? wordPiece({ count: hours, unit: 'hour' }, t, false) : ''
  return [inHours, hours === 0 || rest > 0 ? wordMinutes(rest, t) : ''].filter(Boolean).join(' ')
}

/** {@link wordSpan} in the language that is shown. */
export function useSpan(): (ms: number) => string {
  const { t } = useTranslation('ui')
  return (ms) => wordSpan(ms, t)
}
