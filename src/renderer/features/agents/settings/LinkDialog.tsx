import { useAct } from '#client/use-act.ts'
import type { AgentGroupView } from '#contract/agent-group-api.ts'
import type { CallOutput } from '#contract/api.ts'
import { DAY } from '#domain/durations.ts'
import { usePermit } from '#features/permissions'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FieldGrid, FormDialog } from '#ui/FormDialog.tsx'
import { currentTime } from '#ui/time/use-now.ts'
import { useSubmit } from '#ui/use-submit.ts'
import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const DAYS = [1, 3, 7, 14, 30] as const
const MOST_SEATS = 5000

type Props = { groups: readonly AgentGroupView[]; onClose: () => void; onMade: (made: CallOutput<'agents.makeLink'>) => void }

/** Makes a link for the agents of a group. */
export function LinkDialog({ groups, onClose, onMade }: Props) {
  const { t } = useTranslation('agents')
  const barred = usePermit('agents.manage')
  const make = useAct('agents.makeLink')
  const [label, setLabel] = useState('')
  const [groupId, setGroupId] = useState(groups[0]?.id ?? '')
  const [seats, setSeats] = useState('50')
  const [days, setDays] = useState(7)
  const group = groups.find(({ id }) => id === groupId)
  const count = Number(seats)
  const wrongSeats = !Number.isInteger(count) || count < 1 || count > MOST_SEATS
  const noLabel = label.trim() === ''
  const put = () =>
    make.act({
      label,
      groupId,
      vendor: group?.vendor ?? null,
      seats: count,
      expiresAt: currentTime() + days * DAY,
    })
  const form = useSubmit({ ...make, act: put, barred }, { input: noLabel || wrongSeats || !group ? null : {}, onDone: onMade })
  return (
    <FormDialog title={t('links.make')} onClose={onClose} form={form} act={t('links.makeAct')}>
      <FieldGrid>
        <FieldRow label={t('links.label')} hint={t('links.labelHint')} required error={form.tried && noLabel ? t('links.noLabel') : null}>
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              data-autofocus
              aria-describedby={describedBy}
              maxLength={80}
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
            />
          )}
        </FieldRow>
        <FieldRow label={t('agents.group')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={groupId}
              onChange={(event) => setGroupId(event.currentTarget.value)}
              data={groups.map((one) => ({
                value: one.id,
                label: one.vendor === null ? one.name : t('delivery.ofVendor', { name: one.name, vendor: one.vendor }),
              }))}
            />
          )}
        </FieldRow>
        <FieldRow label={t('links.seats')} hint={t('links.seatsHint')} error={form.tried && wrongSeats ? t('links.wrongSeats') : null}>
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              inputMode="numeric"
              maxLength={4}
              value={seats}
              onChange={(event) => setSeats(event.currentTarget.value)}
            />
          )}
        </FieldRow>
        <FieldRow label={t('links.days')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={String(days)}
              onChange={(event) => setDays(Number(event.currentTarget.value))}
              data={DAYS.map((one) => ({ value: String(one), label: t('links.daysOf', { count: one }) }))}
            />
          )}
        </FieldRow>
      </FieldGrid>
    </FormDialog>
  )
}
