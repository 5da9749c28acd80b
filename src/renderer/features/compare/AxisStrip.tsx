import type { IncidentOutline, KeyEntry } from '#contract/overview-api.ts'
import { PHASES } from '#domain/incidents/phases.ts'
import { ENTRY_ICONS } from '#ui/entry-icons.ts'
import { useTranslation } from 'react-i18next'
import { AXIS_END, AXIS_START } from './axis-place.ts'
import styles from './AxisStrip.module.css'

const DRAWN = ['decision', 'statement', 'turning-point'] as const

type Props = {
  a: IncidentOutline
  b: IncidentOutline
  zeroA: number
  zeroB: number
  range: { from: number; to: number }
  cursor: number
  onPick: (offset: number) => void
}

/** Decisions, statements and turning points of both incidents on the axis of the curves. Their texts are in the rows below. */
export function AxisStrip({ a, b, zeroA, zeroB, range, cursor, onPick }: Props) {
  const { t } = useTranslation('compare')
  const place = (offset: number) => `${((offset - range.from) / (range.to - range.from)) * 100}%`
  const inside = (offset: number) => offset >= range.from && offset <= range.to
  const lane = (side: 'a' | 'b', outline: IncidentOutline, zero: number) => (
    <div className={styles['lane']} data-side={side}>
      <b>{side.toUpperCase()}</b>
      {outline.entries
        .filter((entry) => isDrawn(entry) && inside(entry.at - zero))
        .map((entry) => {
          const Icon = ENTRY_ICONS[entry.kind]
          return (
            <button
              key={entry.id}
              type="button"
              tabIndex={-1}
              style={{ insetInlineStart: place(entry.at - zero) }}
              title={entry.text}
              onClick={() => onPick(entry.at - zero)}
            >
              <Icon size={13} stroke={2} aria-hidden="true" />
            </button>
          )
        })}
    </div>
  )
  return (
    // The rows below have the same content as text and are keyboard accessible.
    <div
      className={styles['strip']}
      style={{ marginInlineStart: AXIS_START, marginInlineEnd: AXIS_END }}
      aria-hidden="true"
      title={t('strip')}
    >
      {PHASES.filter((phase) => inside(phase.from)).map((phase) => (
        <i key={phase.id} className={styles['phase']} style={{ insetInlineStart: place(phase.from) }} />
      ))}
      {inside(cursor) && <i className={styles['cursor']} style={{ insetInlineStart: place(cursor) }} />}
      {lane('a', a, zeroA)}
      {lane('b', b, zeroB)}
    </div>
  )
}

function isDrawn(entry: KeyEntry): boolean {
  return DRAWN.some((kind) => kind === entry.kind)
}
