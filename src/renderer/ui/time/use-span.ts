import { HOUR } from '#domain/durations.ts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { spanParts } from './format-time.ts'

type SpanPiece = { count: number; unit: 'day' | 'hour' | 'minute' | 'second' }

/** The two largest units of a duration. Each number has its unit, so that minutes are not mistaken for hours. */
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

/**
 * One piece as text with its unit. A piece that follows another is padded to a fixed width while it counts, where the language requires it.
 */
export function wordPiece({ count, unit }: SpanPiece, t: TFunction<'ui'>, follows: boolean): string {
  // Only pieces that count in seconds have a fixed width; hours and days change rarely.
  const width = follows && unit !== 'hour' ? Number(t('ui:span.width')) : 1
  return t(`ui:span.${unit}`, { number: String(count).padStart(width, '0') })
}

/**
 * Formats a duration; the only format in use: `48 分 09 秒`, `3 小时 12 分`, `2 天 3 小时`.
 * @param ms milliseconds; the sign is ignored
 */
export function wordSpan(ms: number, t: TFunction<'ui'>): string {
  return spanPieces(ms)
    .map((piece, index) => wordPiece(piece, t, index > 0))
    .join(' ')
}

/** Formats a duration in whole minutes, for values that do not count: `2 天 3 小时`, `1 小时 30 分`, `45 分`. Only zeros are omitted. */
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

/** Like {@link wordMinutes}, but without days, as used for limits: `24 小时`, `1 小时 30 分`. */
export function wordHours(ms: number, t: TFunction<'ui'>): string {
  const hours = Math.floor(ms / HOUR)
  const rest = ms - hours * HOUR
  const inHours = hours > 0 ? wordPiece({ count: hours, unit: 'hour' }, t, false) : ''
  return [inHours, hours === 0 || rest > 0 ? wordMinutes(rest, t) : ''].filter(Boolean).join(' ')
}

/** {@link wordSpan} in the current language. */
export function useSpan(): (ms: number) => string {
  const { t } = useTranslation('ui')
  return (ms) => wordSpan(ms, t)
}
