import type { IncidentOutline } from '#contract/overview-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { phaseAt } from '#domain/incidents/phases.ts'
import { Kbd } from '#ui/Kbd.tsx'
import { LevelMark } from '#ui/LevelMark.tsx'
import { StatusMark } from '#ui/StatusMark.tsx'
import { formatMoment, machineTime } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useTranslation } from 'react-i18next'
import { wordOffset } from './alignment.ts'
import { standingAt } from './standing-at.ts'
import styles from './StandingBar.module.css'

type Props = { a: IncidentOutline; b: IncidentOutline; zeroA: number; zeroB: number; cursor: number; onStep: (by: 1 | -1) => void }

/** The state of both incidents at the same age. */
export function StandingBar({ a, b, zeroA, zeroB, cursor, onStep }: Props) {
  const { t } = useTranslation('compare')
  const phase = phaseAt(cursor)
  return (
    <section className={styles['bar']} aria-label={t('sameAge')}>
      <SideStanding side="a" outline={a} at={zeroA + cursor} />
      <div className={styles['age']}>
        <button type="button" onClick={() => onStep(-1)} aria-label={t('earlier')}>
          <Kbd shortcut="K" />
        </button>
        <output aria-live="polite">
          <b>{wordOffset(cursor, t)}</b>
          <small>{phase ? t(`phase.${phase}`) : t('before')}</small>
        </output>
        <button type="button" onClick={() => onStep(1)} aria-label={t('later')}>
          <Kbd shortcut="J" />
        </button>
      </div>
      <SideStanding side="b" outline={b} at={zeroB + cursor} />
    </section>
  )
}

function SideStanding({ side, outline, at }: { side: 'a' | 'b'; outline: IncidentOutline; at: number }) {
  const { t, i18n } = useTranslation('compare')
  const now = useNow(MINUTE)
  // Its own clock ran on within the displayed minute.
  const standing = standingAt(outline, at, now + MINUTE)
  return (
    <p className={styles['side']} data-side={side}>
      <b>{side.toUpperCase()}</b>
      <time dateTime={machineTime(at)}>{formatMoment(at, now, i18n.language)}</time>
      {standing === null && <span className={styles['soft']}>{t('notYet')}</span>}
      {standing?.level && <LevelMark level={standing.level} />}
      {standing?.status && <StatusMark status={standing.status} />}
      {standing && standing.level === null && <span className={styles['soft']}>{t('notDeclared')}</span>}
      {standing && (
        <span>
          {t('soFar', { decisions: standing.decisions, statements: standing.statements, met: standing.met })}
          {standing.overdue > 0 && <b className={styles['late']}> ! {t('overdue', { number: standing.overdue })}</b>}
        </span>
      )}
    </p>
  )
}
