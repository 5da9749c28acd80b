import { useAct } from '#client/use-act.ts'
import type { ClockState } from '#domain/incidents/clocks.ts'
import { usePermit } from '#features/permissions'
import { FormDialog } from '#ui/FormDialog.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
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
  const name = t(`terms:clock.${clock.id}`)
  const of = { incidentId: incident.id, clock: clock.id }

  const missing = reason.trim() === ''
  const form = useSubmit(change === 'stop' ? stop : reopen, {
    input: missing ? null : { ...of, reason },
    barred,
    onDone: () => {
      onClose()
      if (change === 'stop') offerUndo(t('clocks.stopDone', { clock: name }), () => reopen.act({ ...of, reason: t('clocks.stopUndone') }))
    },
  })

  return (
    <FormDialog
      title={t(`clocks.${change}Title`, { clock: name })}
      onClose={onClose}
      form={form}
      act={t(`clocks.${change}Act`, { clock: name })}
      size="md"
    >
      <p>{t(`clocks.${change}Note`)}</p>
      <GrowingText
        data-autofocus
        label={t(`clocks.${change}Reason`)}
        minRows={2}
        maxLength={500}
        value={reason}
        error={form.tried && missing ? t(`problems.${change}-reason-missing`) : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
