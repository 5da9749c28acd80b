import { useIncidents } from '#client/use-incidents.ts'
import { useRead } from '#client/use-read.ts'
import { useDeclare } from '#features/incidents'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { DesktopCommand } from '#contract/desktop-ipc.ts'
import { MINUTE } from '#domain/durations.ts'
import { nextClocks } from './next-clocks.ts'

/**
 * Handles requests from the desktop menu, tray and notifications, and reports the next due clock to the tray. Does nothing in a browser.
 */
export function DesktopBridge({ onKeys, onSearch }: { onKeys: () => void; onSearch: () => void }) {
  const { t, i18n } = useTranslation('frame')
  const { declare } = useDeclare()
  const navigate = useNavigate()
  const status = useRead('workspace.status', {}).data
  const theme = status?.preferences.theme
  const [next] = nextClocks(useIncidents().data ?? [])
  const obey = useEffectEvent((command: DesktopCommand) => {
    if (command.do === 'declare') declare()
    else if (command.do === 'search') onSearch()
    else if (command.do === 'settings') void navigate('/settings')
    else if (command.do === 'shortcuts') onKeys()
    else void navigate(command.do === 'open-place' ? command.place : `/incidents/${command.incidentId}`)
  })
  useEffect(() => window.stormroom?.onCommand(obey), [])

  const now = useNow(MINUTE)
  const line = next
    ? `${status?.demo ? `${t('demo:section')} · ` : ''}${next.incident.mode === 'drill' ? `${t('terms:mode.drill')} · ` : ''}${t(`terms:clock.${next.clock.id}`)} ${t('ui:clock.due', { time: formatMoment(next.clock.dueAt, now, i18n.language) })} · ${next.incident.title}`.slice(
        0,
        120,
      )
    : null
  useEffect(() => void window.stormroom?.setNextClock(line), [line])
  useEffect(() => {
    if (theme) void window.stormroom?.setTheme(theme)
  }, [theme])
  return null
}
