import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import { useRoom } from '#features/room'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { formatBytes } from '#ui/format-bytes.ts'
import { Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Part } from '../entry/Part.tsx'
import styles from './KeepAll.module.css'

/** Sets whether all files of the incident are kept on this device for offline use; shows how many are here and how many are missing. */
export function KeepAll() {
  const { t } = useTranslation('timeline')
  const { incident } = useRoom()
  const incidentId = incident.id
  const status = useRead('workspace.status', {}).data
  const elsewhere = useRead('membership.state', {}).data?.kind === 'joined'
  const { data, failure, readAgain } = useRead('evidence.keptFiles', elsewhere ? { incidentId } : null)
  const { act, busy } = useAct('evidence.keepAll')
  const [refused, setRefused] = useState<Failure | null>(null)
  // The switch changes at once; a failure reverts it.
  const [asked, setAsked] = useState<boolean | null>(null)
  if (asked !== null && asked === data?.keep) setAsked(null)
  if (!elsewhere || (data?.files === 0 && !data.keep)) return null
  const shown = refused ?? failure
  const turn = async (keep: boolean) => {
    setAsked(keep)
    const result = await act({ incidentId, keep })
    setRefused(result.ok ? null : result.failure)
    if (!result.ok) setAsked(null)
    readAgain()
  }
  const availability = () => {
    if (!data) return ''
    const here = t('keepAll.here', { count: data.files, here: data.files - data.missing, size: formatBytes(data.hereBytes) })
    if (data.missing === 0) return here
    const size = formatBytes(data.missingBytes)
    if (!data.keep) return `${here}${t('keepAll.away', { count: data.missing, size })}`
    return `${here}${t(status?.sync.connected ? 'keepAll.coming' : 'keepAll.later', { count: data.missing, size })}`
  }
  return (
    <Part title={t('keepAll.title')}>
      {shown && <FailureNotice failure={shown} onRetry={readAgain} />}
      {data && (
        <>
          <Switch
            size="xs"
            label={data.keep || data.missing === 0 ? t('keepAll.act') : t('keepAll.actSize', { size: formatBytes(data.missingBytes) })}
            checked={asked ?? data.keep}
            disabled={busy || status?.phase === 'read-only'}
            onChange={(event) => void turn(event.currentTarget.checked)}
          />
          <p className={styles['availability']} role="status">
            {availability()}
          </p>
        </>
      )}
    </Part>
  )
}
