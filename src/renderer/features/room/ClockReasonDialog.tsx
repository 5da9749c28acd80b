import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { ClockState } from '#domain/incidents/clocks.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './ClockReasonDialog.module.css'
import { useRoom } from './room-context.ts'

export type ClockChange = 'stop' | 'reopen'

/** Stops a clock that does not apply, or reopens a met or stopped one. The reason is required and kept in the timeline. */
export function ClockReasonDialog({ clock, change, onClose }: { clock: ClockState; change: ClockChange; onClose: () => void }) {
  const { t } = useTranslation('timeline')
  const { incident } = useRoom()
  const barred = usePermit(change === 'stop' ? 'clock.stop' : 'clock.reopen', { incident })
  const stop = useAct('incidents.stopClock')
  const reopen = useAct('incidents.reopenClock')
  const offerUndo = useUndoNotice()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const name = t(`terms:clock.${clock.id}`)
  const of = { incidentId: incident.id, clock: clock.id }

  const save = async () => {
    setTried(true)
    if (reason.trim() === '' || barred !== null || stop.busy || reopen.busy) return
    const result = await (change === 'stop' ? stop : reopen).act({ ...of, reason })
    if (!result.ok) return setFailure(result.failure)
    onClose()
    if (change === 'stop') offerUndo(t('clocks.stopDone', { clock: name }), () => reopen.act({ ...of, reason: t('clocks.stopUndone') }))
  }

  return (
    <Modal opened onClose={onClose} title={t(`clocks.${change}Title`, { clock: name })} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <p>{t(`clocks.${change}Note`)}</p>
        <GrowingText
          data-autofocus
          label={t(`clocks.${change}Reason`)}
          minRows={2}
          maxLength={500}
          value={reason}
          error={tried && reason.trim() === '' ? t(`problems.${change}-reason-missing`) : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {failure && <FailureNotice failure={failure} />}
        <ActButton submit busy={stop.busy || reopen.busy} barred={barred}>
          {t(`clocks.${change}Act`, { clock: name })}
        </ActButton>
      </form>
    </Modal>
  )
}
