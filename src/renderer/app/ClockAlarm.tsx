import { useRead } from '#client/use-read.ts'
import { useNow } from '#ui/time/use-now.ts'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { nextClocks } from './next-clocks.ts'

/** Says, once and aloud, that a clock has run out while the app was open. */
export function ClockAlarm() {
  const { t } = useTranslation('frame')
  const incidents = useRead('incidents.list', {}, ['incidents']).data
  const now = useNow()
  const [openedAt] = useState(now)
  const [told] = useState(() => new Set<string>())
  useEffect(() => {
    for (const { incident, clock } of nextClocks(incidents ?? [])) {
      const key = `${incident.id} ${clock.id} ${clock.dueAt}`
      if (clock.dueAt < openedAt || clock.dueAt > now || told.has(key)) continue
      told.add(key)
      const title = t('alarm.title', { clock: t(`terms:clock.${clock.id}`) })
      // Mantine's notification is a live region (role="alert"), so it is read out as it appears.
      notifications.show({ title, message: incident.title, color: 'red', autoClose: false, withBorder: true })
      void window.stormroom?.notify({ title, body: incident.title, incidentId: incident.id })
    }
  }, [incidents, now, openedAt, told, t])
  return null
}
