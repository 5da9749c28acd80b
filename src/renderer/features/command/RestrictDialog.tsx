import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FormDialog } from '#ui/FormDialog.tsx'
import { ReaderChoice } from '#ui/ReaderChoice.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Dialog.module.css'

/** Sets who may read this incident: the whole team, or the members named here. */
export function RestrictDialog({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const { t } = useTranslation('command')
  const incidentId = incident.id
  const barred = usePermit('incident.restrict', { incident })
  const members = (useRead('workspace.members', {}).data ?? []).filter((member) => member.status === 'active')
  const me = useRead('workspace.status', {}).data?.me
  const restrict = useAct('incidents.restrict')
  const open = useAct('incidents.unrestrict')
  const offerUndo = useUndoNotice()
  const before = incident.restrictedTo
  const [chosen, setChosen] = useState<string[]>([...(before ?? [])])
  const always = [incident.declaredBy, incident.commander, ...(me ? [me.id] : [])]
  const readers = [...new Set([...always, ...chosen])]
  const undo = () => (before ? restrict.act({ incidentId, members: [...before] }) : open.act({ incidentId }))

  const form = useSubmit(restrict, {
    input: { incidentId, members: readers },
    barred,
    onDone: () => {
      onClose()
      offerUndo(t('restrict.done', { count: readers.length }), undo)
    },
  })
  const lift = async () => {
    const result = await open.act({ incidentId })
    if (!result.ok) return
    onClose()
    offerUndo(t('restrict.lifted'), undo)
  }
  return (
    <FormDialog
      title={t('restrict.title')}
      onClose={onClose}
      form={form}
      act={t('restrict.act', { count: readers.length })}
      failure={open.failure}
      beside={
        before && (
          <ActButton quiet busy={open.busy} barred={barred} onAct={() => void lift()}>
            {t('restrict.lift')}
          </ActButton>
        )
      }
    >
      <p className={classes['note']}>{t('restrict.text')}</p>
      <FieldRow label={t('restrict.readers')} group>
        {() => <ReaderChoice members={members} always={always} chosen={chosen} onChange={setChosen} />}
      </FieldRow>
    </FormDialog>
  )
}
