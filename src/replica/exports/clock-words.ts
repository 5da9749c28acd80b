import { clockStatus, type ClockEnd, type ClockState } from '#domain/incidents/clocks.ts'
import type { ReaderWords } from '../words/reader-words.ts'

/** The status of an open or stopped clock in words; met ones show their time instead. */
export function wordUnmetClock(clock: ClockState, { t }: ReaderWords, now: number, end: ClockEnd): string {
  const standing = clockStatus(clock, now, end)
  if (standing.kind === 'stopped') return t('exports:stopped', { reason: clock.stopped?.reason ?? '' })
  if ('lateMs' in standing && standing.lateMs > 0) return t('exports:overdue')
  return standing.kind === 'unmet' ? t('exports:unmet') : t('exports:running')
}
