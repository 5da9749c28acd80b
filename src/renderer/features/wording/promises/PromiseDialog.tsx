import type { IncidentView } from '#contract/incident-api.ts'
import type { PromiseRow } from '#contract/promise-api.ts'
import { promiseTitle } from '#domain/promises/promise.ts'
import { usePermittedAct } from '#features/permissions'
import { FormDialog } from '#ui/FormDialog.tsx'
import { LongTextField } from '#ui/LongTextField.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useSubmit } from '#ui/use-submit.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MomentField, momentOf } from '../text/MomentField.tsx'
import type { PromiseAct } from './promise-acts.ts'

type Props = { promise: PromiseRow; incident: IncidentView | undefined; own: boolean; what: PromiseAct; onClose: () => void }

/** Records that a promise was broken, is void, or is due at another time; with the reason. */
export function PromiseDialog({ promise, incident, own, what, onClose }: Props) {
  const { t, i18n } = useTranslation('promises')
  const [reason, setReason] = useState('')
  const [due, setDue] = useState('')
  const commands = {
    break: usePermittedAct('promises.break', { incident, own }),
    move: usePermittedAct('promises.move', { incident, own }),
    void: usePermittedAct('promises.void', { incident }),
  }
  const { busy, failure, barred } = commands[what]
  const noReason = reason.trim() === ''
  const to = momentOf(due)
  const noTime = what === 'move' && (to === null || Number.isNaN(to))
  const put = () => {
    const input = { incidentId: promise.incidentId, promiseId: promise.id, reason }
    if (what === 'move') return commands.move.act({ ...input, from: promise.dueAt, to: to ?? promise.dueAt })
    return commands[what].act(input)
  }
  const form = useSubmit({ act: put, busy, failure, barred }, { input: noReason || noTime ? null : {}, onDone: onClose })
  return (
    <FormDialog
      title={t(`dialog.${what}.title`, { title: promiseTitle(promise) })}
      onClose={onClose}
      form={form}
      act={t(`dialog.${what}.act`)}
      danger={what !== 'move'}
    >
      {what === 'move' && (
        <MomentField
          label={t('dialog.to')}
          hint={
            form.tried && noTime
              ? t('dialog.noTime')
              : t('dialog.from', { time: formatMoment(promise.dueAt, promise.madeAt, i18n.language) })
          }
          placeholder={t('dialog.toExample')}
          text={due}
          onChange={setDue}
        />
      )}
      <LongTextField
        label={t('dialog.reason')}
        required
        first
        error={form.tried && noReason ? t('dialog.noReason') : null}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  )
}
