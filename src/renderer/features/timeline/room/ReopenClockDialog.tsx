import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { ClockState } from '#domain/incidents/clocks.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoom } from './room-context.ts'
import styles from './ReopenClockDialog.module.css'

/** Lets a met clock run again; the reason is asked for and stays in the timeline. */
export function ReopenClockDialog({ clock, onClose }: { clock: ClockState; onClose: () => void }) {
  const { t } = useTranslation('timeline')
  const room = useRoom()
  const reopen = useAct('incidents.reopenClock')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const name = t(`terms:clock.${clock.id}`)

  const save = async () => {
    setTried(true)
    if (reason.trim() === '') return
    const result = await reopen.act({ incidentId: room.incident.id, clock: clock.id, reason })
    if (result.ok) onClose()
    else setFailure(result.failure)
  }

  return (
    <Modal opened onClose={onClose} title={t('clocks.reopenTitle', { clock: name })}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <p>{t('clocks.reopenNote')}</p>
        <Textarea
          data-autofocus
          label={t('clocks.reopenReason')}
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          error={tried && reason.trim() === '' ? t('problems.reopen-reason-missing') : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {failure && <FailureNotice failure={failure} />}
        <ActButton submit busy={reopen.busy} barred={room.barred}>
          {t('clocks.reopenAct', { clock: name })}
        </ActButton>
      </form>
    </Modal>
  )
}
