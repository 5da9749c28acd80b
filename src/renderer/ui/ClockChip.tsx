import { HOUR } from '#domain/durations.ts'
import { clockStatus, timeTaken, type ClockEnd, type ClockState } from '#domain/incidents/clocks.ts'
import { useTranslation } from 'react-i18next'
import classes from './ClockChip.module.css'
import { formatExact } from './time/format-time.ts'
import { useNow } from './time/use-now.ts'
import { spanPieces, useSpan, wordPiece } from './time/use-span.ts'

type Props = {
  clock: Pick<ClockState, 'id' | 'dueAt' | 'limitMs' | 'met' | 'stopped'>
  /** When its incident was closed, which stops the clock; omitted: the clock runs. */
  end?: ClockEnd
  /** Omits the clock's name, for use under a heading that names it. */
  nameless?: boolean
  /**
   * In a window that is not wide: hours or days alone while a clock has more than an hour, and whether a met one was met in time. The rest is
   * read aloud.
   */
  brief?: boolean
}

/**
 * One clock of an incident: time left, met and after how long, overdue by how much, stopped, or left open when the incident was closed; as
 * text, sign and colour. It updates itself.
 */
export function ClockChip({ clock, end = null, nameless = false, brief = false }: Props) {
  const { t, i18n } = useTranslation('ui')
  const now = useNow()
  const span = useSpan()
  const status = clockStatus(clock, now, end)
  const taken = timeTaken(clock)
  const largest = (ms: number) =>
    spanPieces(ms)
      .slice(0, 1)
      .map((piece) => wordPiece(piece, t, false))
      .join('')
  const name = t(`terms:clock.${clock.id}`)
  const state = status.kind === 'running' && status.leftMs < HOUR ? 'soon' : status.kind
  return (
    <span
      className={classes['chip']}
      data-state={state}
      data-brief={brief || undefined}
      title={t('clock.dueLong', { name, time: formatExact(clock.dueAt, i18n.language) })}
    >
      {nameless ? <span className="visually-hidden">{name}</span> : <span className={classes['name']}>{name}</span>}
      {status.kind === 'running' && (
        <span data-digits="">
          <span className={state === 'running' ? classes['whole'] : undefined}>{t('clock.left', { span: span(status.leftMs) })}</span>
          {state === 'running' && (
            <span className={classes['short']} aria-hidden="true">
              {t('clock.leftShort', { span: largest(status.leftMs) })}
            </span>
          )}
        </span>
      )}
      {status.kind === 'overdue' && (
        <span data-digits="">
          <b aria-hidden="true">! </b>
          {t('clock.late', { span: span(status.lateMs) })}
        </span>
      )}
      {status.kind === 'met' && (
        <span data-digits="">
          <b aria-hidden="true">✔ </b>
          <span className={classes['whole']}>{taken === null ? t('clock.met') : t('clock.metIn', { span: span(taken) })}</span>
        </span>
      )}
      {status.kind === 'met-late' && (
        <span data-digits="">
          <b aria-hidden="true">✔ </b>
          <span className={classes['whole']}>{t('clock.metLate', { span: span(status.lateMs) })}</span>
          <span className={classes['short']} aria-hidden="true">
            {t('clock.lateShort')}
          </span>
        </span>
      )}
      {status.kind === 'unmet' && (
        <span data-digits="">
          <b aria-hidden="true">– </b>
          {status.lateMs > 0 ? t('clock.unmetLate', { span: span(status.lateMs) }) : t('clock.unmet')}
        </span>
      )}
      {status.kind === 'stopped' && (
        <span>
          <b aria-hidden="true">– </b>
          {t('clock.stopped')}
        </span>
      )}
    </span>
  )
}
