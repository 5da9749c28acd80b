import { useIncidents } from '#client/use-incidents.ts'
import { useRead } from '#client/use-read.ts'
import { MINUTE } from '#domain/durations.ts'
import { useNow } from '#ui/time/use-now.ts'
import { Anchor } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { playAlarmTone } from './alarm-tone.ts'
import { clockAlarms, outdated } from './clock-alarms.ts'

const SECOND = 1000

/** Whole minutes, rounded up; the time that is shown may be a second behind, which makes no further minute of ten. */
const minutesLeft = (left: number) => Math.max(1, Math.ceil((left - SECOND) / MINUTE))

/**
 * Announces once when a clock has 15 minutes left and once when it is overdue: in the page, as a desktop notification, and by a tone. A
 * notification is withdrawn as soon as it no longer applies: the clock ran out, was met or stopped, or its incident was closed.
 */
export function ClockAlarm() {
  const { t } = useTranslation('frame')
  const incidents = useIncidents().data
  const status = useRead('workspace.status', {}).data
  const preferences = status?.preferences
  const demo = status?.demo === true
  const now = useNow()
  const [openedAt] = useState(now)
  const [told] = useState(() => new Set<string>())
  useEffect(() => {
    if (!incidents || !preferences) return
    const standing = clockAlarms(incidents, openedAt, now)
    for (const key of outdated(told, standing)) {
      told.delete(key)
      notifications.hide(key)
    }
    const fresh = standing.filter((alarm) => !told.has(alarm.key))
    for (const { key, kind, incident, clock } of fresh) {
      told.add(key)
      const words = { clock: t(`terms:clock.${clock.id}`) }
      const title =
        (demo ? `${t('demo:section')} · ` : '') +
        (incident.mode === 'drill' ? `${t('terms:mode.drill')} · ` : '') +
        (kind === 'late' ? t('alarm.late', words) : t('alarm.soon', { ...words, minutes: minutesLeft(clock.dueAt - now) }))
      // Mantine's notification is a live region (role="alert"), so screen readers announce it.
      notifications.show({
        id: key,
        title,
        message: <Anchor href={`#/incidents/${incident.id}`}>{incident.title}</Anchor>,
        color: kind === 'late' ? 'red' : 'yellow',
        autoClose: false,
        withBorder: true,
        closeButtonProps: { 'aria-label': t('ui:close') },
      })
      void window.stormroom?.notify({ title, body: incident.title, place: `/incidents/${incident.id}` })
    }
    const [first] = fresh
    if (first && preferences.muted !== true) playAlarmTone(fresh.some((alarm) => alarm.kind === 'late') ? 'late' : 'soon')
  }, [incidents, preferences, demo, now, openedAt, told, t])
  return null
}
