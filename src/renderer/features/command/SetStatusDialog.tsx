import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { STATUS_PATHS } from '#domain/incidents/command-ops.ts'
import type { IncidentStatus } from '#domain/incidents/incident.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FormDialog } from '#ui/FormDialog.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Dialog.module.css'
import { OpenPoints } from './OpenPoints.tsx'
import { ReasonField } from './ReasonField.tsx'
import { usePermittedAct } from '#features/permissions'

/** Changes the status of an incident, or reopens it. Before closing, open points are shown; they stay open. */
export function SetStatusDialog({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const { t } = useTranslation('command')
  const incidentId = incident.id
  const open = useRead('incidents.openPoints', { incidentId })
  const setStatus = usePermittedAct('incidents.setStatus', { incident })
  const offerUndo = useUndoNotice()
  const [from] = useState(incident.status)
  const choices = STATUS_PATHS[from]
  // Defaults to a later status; going back must be chosen explicitly, unless it is the only choice.
  const [to, setTo] = useState<IncidentStatus>(choices.find((status) => status !== 'open') ?? 'open')
  const [reason, setReason] = useState('')
  const group = useId()
  const left = (open.data?.clocks.length ?? 0) + (open.data?.tasks.length ?? 0)

  const form = useSubmit(setStatus, {
    input: reason.trim() === '' ? null : { incidentId, to, reason },
    onDone: () => {
      onClose()
      const undo = STATUS_PATHS[to].includes(from) ? () => setStatus.act({ incidentId, to: from, reason: t('undoReason') }) : undefined
      offerUndo(t('status.done', { status: t(`terms:status.${to}`) }), undo)
    },
  })

  return (
    <FormDialog
      title={t('status.title', { status: t(`terms:status.${from}`) })}
      onClose={onClose}
      form={form}
      act={to === 'closed' && left > 0 ? t('status.actLeaving', { count: left }) : t(`status.act.${to}`)}
      danger={to === 'closed' && left > 0}
      failure={open.failure}
    >
      <FieldRow label={t('status.to')} group>
        {() => (
          <div className={classes['choices']}>
            {choices.map((status) => (
              <label key={status} className={classes['choice']}>
                <input type="radio" name={group} value={status} checked={status === to} onChange={() => setTo(status)} />
                <b>{t(`terms:status.${status}`)}</b>
                <span>{t(`status.meaning.${status}`)}</span>
              </label>
            ))}
          </div>
        )}
      </FieldRow>
      {open.data && to === 'closed' && <OpenPoints points={open.data} />}
      <ReasonField value={reason} onChange={setReason} tried={form.tried} />
    </FormDialog>
  )
}
