import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FormDialog } from '#ui/FormDialog.tsx'
import { currentTime } from '#ui/time/use-now.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { draftSummary } from './hand-over-summary.ts'
import { usePermittedAct } from '#features/permissions'
import { GrowingText } from '#ui/GrowingText.tsx'

/** Hands the command over to a member or a person entered by name, with a summary of open points. */
export function HandOverDialog({ incident, onClose }: { incident: IncidentView; onClose: () => void }) {
  const { t, i18n } = useTranslation('command')
  const incidentId = incident.id
  const members = useRead('workspace.members', {}).data ?? []
  const open = useRead('incidents.openPoints', { incidentId })
  const handOver = usePermittedAct('incidents.handOver', { incident })
  const offerUndo = useUndoNotice()
  const others = members.filter((member) => incident.commanderPerson !== null || member.id !== incident.commander)
  const [chosen, setChosen] = useState<string | null>(null)
  const [typedName, setTypedName] = useState('')
  const [typedSummary, setTypedSummary] = useState<string | null>(null)
  const [openedAt] = useState(() => currentTime())

  const member = others.find((one) => one.id === (chosen ?? others[0]?.id)) ?? null
  const name = (member?.name ?? typedName).trim()
  const summary = typedSummary ?? (open.data ? draftSummary(open.data, t, openedAt, i18n.language) : '')

  const form = useSubmit(handOver, {
    input: name === '' || summary.trim() === '' ? null : { incidentId, memberId: member?.id ?? null, name, summary },
    onDone: () => {
      onClose()
      const back = { memberId: incident.commanderPerson === null ? incident.commander : null, name: incident.commanderName }
      offerUndo(t('handOver.done', { name }), () => handOver.act({ incidentId, ...back, summary: t('undoReason') }))
    },
  })
  const { tried } = form

  return (
    <FormDialog
      title={t('handOver.title')}
      onClose={onClose}
      form={form}
      act={name === '' ? t('handOver.actNobody') : t('handOver.act', { name })}
      failure={open.failure}
    >
      <FieldRow label={t('handOver.to')} hint={t('handOver.now', { name: incident.commanderName })}>
        {({ id, describedBy }) => (
          <NativeSelect
            id={id}
            aria-describedby={describedBy}
            data-autofocus
            value={member?.id ?? ''}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={[
              ...others.map((one) => ({ value: one.id, label: `${one.name} · ${t(`terms:role.${one.role}`)}` })),
              { value: '', label: t('handOver.someone') },
            ]}
          />
        )}
      </FieldRow>
      {member === null && (
        <FieldRow
          label={t('handOver.name')}
          required
          hint={t('handOver.nameHint')}
          error={tried && name === '' ? t('handOver.nameMissing') : null}
        >
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              aria-required
              maxLength={40}
              error={tried && name === ''}
              value={typedName}
              onChange={(event) => setTypedName(event.currentTarget.value)}
            />
          )}
        </FieldRow>
      )}
      <FieldRow
        label={t('handOver.summary')}
        required
        hint={t('handOver.summaryHint')}
        error={tried && summary.trim() === '' ? t('handOver.summaryMissing') : null}
      >
        {({ id, describedBy }) => (
          <GrowingText
            id={id}
            aria-describedby={describedBy}
            aria-required
            minRows={8}
            maxRows={14}
            maxLength={4000}
            value={summary}
            onChange={(event) => setTypedSummary(event.currentTarget.value)}
          />
        )}
      </FieldRow>
    </FormDialog>
  )
}
