import { demoOfWindow, entersStory, leaveDemo } from '#client/demo-room.ts'
import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { CallInput } from '#contract/api.ts'
import { DEMO_SPEEDS, type DemoState } from '#contract/demo-api.ts'
import type { Failure } from '#contract/failures.ts'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useSpan } from '#ui/time/use-span.ts'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import classes from './DemoBar.module.css'

const PACES = ['slow', 'medium', 'fast'] as const

/** The bar above a demo: labels it as one, and has controls to pause, speed up and jump. */
export function DemoBar() {
  const state = useRead('demo.state', {}, { keep: true }).data
  return state ? <Bar state={state} /> : null
}

function Bar({ state }: { state: DemoState }) {
  const { t } = useTranslation('demo')
  const span = useSpan()
  const now = useNow()
  const navigate = useNavigate()
  const { act, busy } = useAct('demo.control')
  const [failure, setFailure] = useState<Failure | null>(null)
  const control = async (input: CallInput<'demo.control'>) => {
    const result = await act(input)
    setFailure(result.ok ? null : result.failure)
    // A jump back restarts the demo, with a new incident that replaces the one on the screen.
    if (result.ok && result.value.incidentId !== state.incidentId) void navigate(`/incidents/${result.value.incidentId}`)
  }
  // The demo opens on its incident, not on a list; only once, so that the dashboard can be visited later.
  const { pathname } = useLocation()
  useEffect(() => {
    if (!entersStory()) return
    if (pathname === '/') void navigate(`/incidents/${state.incidentId}`, { replace: true })
  }, [pathname, navigate, state.incidentId])
  const pause = () => void control({ playing: !state.playing })
  const pauseLabel = t(state.playing ? 'pause' : 'play')
  const here = state.positions.findLast(({ at }) => at <= now)?.position
  useCommands([
    {
      id: 'demo.pause',
      section: t('section'),
      label: pauseLabel,
      keywords: 'demo pause play 演示 暂停 继续',
      shortcut: 'mod+Shift+P',
      disabled: state.ended || busy,
      run: pause,
    },
    ...(demoOfWindow() === null
      ? []
      : [{ id: 'demo.leave', section: t('section'), label: t('leave'), keywords: 'demo leave back real 演示 退出 返回', run: leaveDemo }]),
    ...state.positions.map(({ position }) => ({
      id: `demo.jump-${position}`,
      section: t('section'),
      label: t('jumpTo', { place: t(`place.${position}`) }),
      keywords: `demo jump ${position} 演示 跳到`,
      disabled: busy,
      run: () => void control({ jumpTo: position }),
    })),
  ])
  return (
    <section className={classes['bar']} aria-label={t('section')} aria-busy={busy}>
      <strong className={classes['name']}>{t('thisIs')}</strong>
      <span className={classes['note']}>{t('note')}</span>
      <span className={classes['time']}>{t('after', { span: span(Math.max(0, now - state.declaredAt)) })}</span>
      <button type="button" className={classes['button']} disabled={state.ended || busy} onClick={pause}>
        {pauseLabel}
      </button>
      <span role="group" aria-label={t('speed')} className={classes['group']}>
        {PACES.map((pace) => (
          <button
            key={pace}
            type="button"
            className={classes['button']}
            title={t('times', { number: DEMO_SPEEDS[pace] })}
            aria-pressed={DEMO_SPEEDS[pace] === state.speed}
            disabled={busy}
            onClick={() => void control({ speed: DEMO_SPEEDS[pace] })}
          >
            {t(`pace.${pace}`)}
          </button>
        ))}
      </span>
      <span role="group" aria-label={t('jump')} className={classes['group']}>
        {state.positions.map(({ position }) => (
          <button
            key={position}
            type="button"
            className={classes['button']}
            aria-current={position === here ? 'step' : undefined}
            disabled={busy}
            onClick={() => void control({ jumpTo: position })}
          >
            {t(`place.${position}`)}
          </button>
        ))}
      </span>
      {state.own && <WayBack own={state.own} />}
      {busy && <span role="status">{t('busy')}</span>}
      {failure && <FailureNotice failure={failure} />}
    </section>
  )
}

/** A link back to the real workspace with what is waiting there, so that nobody misses a real clock while watching a demo. */
function WayBack({ own }: { own: NonNullable<DemoState['own']> }) {
  const { t, i18n } = useTranslation('demo')
  // In the machine's time, not the demo's. A time of day needs no countdown.
  const due = own.nextDueAt === null ? null : formatMoment(own.nextDueAt, own.now, i18n.language)
  return (
    <>
      {own.running > 0 && (
        <span className={classes['own']} data-urgent={own.urgent || undefined} role={own.urgent ? 'alert' : undefined}>
          {due === null ? t('own', { count: own.running }) : t('ownDue', { count: own.running, due })}
        </span>
      )}
      <button type="button" className={classes['button']} onClick={leaveDemo}>
        {own.running > 0 ? t('leaveOpen', { count: own.running }) : t('leave')}
      </button>
    </>
  )
}
