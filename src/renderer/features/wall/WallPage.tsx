import { useIncidents } from '#client/use-incidents.ts'
import { isLive } from '#domain/incidents/incident.ts'
import { DemoMark } from '#features/demo'
import { inOrderOfUrgency } from '#features/incidents'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { useNow } from '#ui/time/use-now.ts'
import { useIdle } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { DataFreshness } from './DataFreshness.tsx'
import { pixelShift, SHIFT_STEP_MS } from './pixel-shift.ts'
import { useRotation } from './use-rotation.ts'
import { useWakeLock } from './use-wake-lock.ts'
import { WallControls, type WallAct } from './WallControls.tsx'
import { WallScreen } from './WallScreen.tsx'
import styles from './WallPage.module.css'

/** After this time without mouse movement, the pointer and the controls are hidden. Milliseconds. */
const IDLE_MS = 3000

/** The wall display: one incident, or a rotation of all open ones. Read-only. */
export function WallPage() {
  const { incidentId } = useParams()
  const { t } = useTranslation('wall')
  const navigate = useNavigate()
  const read = useIncidents()
  const open = inOrderOfUrgency((read.data ?? []).filter((incident) => isLive(incident) && incident.restrictedTo === null)).map(
    (incident) => incident.id,
  )
  const rotation = useRotation(open)
  const idle = useIdle(IDLE_MS, { events: ['mousemove', 'mousedown', 'touchstart'], initialState: false })
  const [note, setNote] = useState<string | null>(null)
  useWakeLock()

  const leave = () => {
    if (document.fullscreenElement) void document.exitFullscreen()
    void navigate(incidentId === undefined ? '/' : `/incidents/${incidentId}`)
  }
  const fullScreen = () => {
    const asked = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
    asked.then(
      () => setNote(null),
      () => setNote(t('noFullScreen')),
    )
  }
  const several = incidentId === undefined && open.length > 1
  const acts: WallAct[] = [
    { id: 'wall.leave', label: t('leave'), shortcut: 'Escape', run: leave },
    { id: 'wall.full-screen', label: t('fullScreen'), shortcut: 'F', run: fullScreen },
    ...(several
      ? [
          { id: 'wall.pause', label: t(rotation.paused ? 'goOn' : 'pause'), shortcut: ' ', run: rotation.pause },
          { id: 'wall.previous', label: t('previous'), shortcut: 'ArrowLeft', run: () => rotation.turn(-1) },
          { id: 'wall.following', label: t('following'), shortcut: 'ArrowRight', run: () => rotation.turn(1) },
        ]
      : []),
  ]
  useCommands(acts.map((act) => ({ ...act, section: t('section') })))

  const shown = incidentId ?? rotation.shown
  const { x, y } = pixelShift(useNow(SHIFT_STEP_MS))
  return (
    <main className={styles['wall']} data-idle={idle || undefined} aria-label={t('section')}>
      <div className={styles['picture']} style={{ translate: `calc(var(--line-unit) * ${x}) calc(var(--line-unit) * ${y})` }}>
        {shown !== null && <WallScreen key={shown} incidentId={shown} />}
        {shown === null && read.data && (
          <div className={styles['calm']}>
            <h1>{t('calmTitle')}</h1>
            <p>{t('calm')}</p>
          </div>
        )}
        <footer className={styles['foot']}>
          <DemoMark />
          <DataFreshness />
          {several && (
            <p className={styles['round']}>
              {t(rotation.paused ? 'roundPaused' : 'round', { number: open.indexOf(shown ?? '') + 1, total: open.length })}
            </p>
          )}
        </footer>
      </div>
      <WallControls acts={acts} label={t('controls')} shown={!idle} note={note} />
    </main>
  )
}
