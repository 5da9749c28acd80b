import { useConnected } from '#client/api-context.tsx'
import { useReading } from '#client/use-reading.ts'
import { useRead } from '#client/use-read.ts'
import { formatClock, formatExact, machineTime } from '#ui/time/format-time.ts'
import { currentTime, useNow } from '#ui/time/use-now.ts'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './DataFreshness.module.css'

/** The time, and how current the data on the wall is: loading, live, without the hub, or stopped and since when. */
export function DataFreshness() {
  const { t, i18n } = useTranslation('wall')
  const connected = useConnected()
  const sync = useRead('workspace.status', {}).data?.sync
  const reading = useReading()
  const now = useNow()
  const [lostAt, setLostAt] = useState<number | null>(null)
  useEffect(() => setLostAt(connected ? null : currentTime()), [connected])
  const state = !connected ? 'stopped' : reading ? 'reading' : sync?.connected === false ? 'alone' : 'live'
  const said = {
    stopped: () => t('stopped', { time: formatClock(lostAt ?? now, i18n.language) }),
    reading: () => t('reading'),
    alone: () => t('alone'),
    live: () => t('live'),
  }
  return (
    <p className={styles['currency']} data-state={state} role="status">
      <time dateTime={machineTime(now)} title={formatExact(now, i18n.language)} aria-hidden="true">
        {formatClock(now, i18n.language)}
      </time>
      <span>{said[state]()}</span>
    </p>
  )
}
