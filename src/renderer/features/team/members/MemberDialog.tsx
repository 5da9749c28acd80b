import { useAct } from '#client/use-act.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { DEPARTMENTS, LAYERS } from '#domain/people/assignment.ts'
import { MEMBER_ROLES, completePosition, type MemberRole } from '#domain/members/member.ts'
import { usePermit } from '#features/permissions'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FieldGrid, FormDialog } from '#ui/FormDialog.tsx'
import { currentTime } from '#ui/time/use-now.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { termOf, vendorDraft } from '../vendor-draft.ts'
import { VendorFields } from '../VendorFields.tsx'
import { MemberStanding } from './MemberStanding.tsx'

type Props = { member: MemberView; me: MemberView; owners: number; looksAfter: boolean; onClose: () => void }

/** One member: role, department, layer and contract; end or restore membership; ownership; a password reset code. */
export function MemberDialog({ member, me, owners, looksAfter, onClose }: Props) {
  const { t } = useTranslation('team')
  const barred = usePermit('member.place')
  const change = useAct('members.change')
  const offerUndo = useUndoNotice()
  const [role, setRole] = useState<MemberRole>(member.role)
  const [department, setDepartment] = useState<string>(member.department ?? '')
  const [layer, setLayer] = useState(member.layer)
  const [vendor, setVendor] = useState(() => vendorDraft(member.vendor, currentTime()))
  const term = termOf(vendor)
  const place = { role, department: DEPARTMENTS.find((one) => one === department) ?? null, layer, vendor: term }
  const unchanged =
    JSON.stringify(place) ===
    JSON.stringify({ role: member.role, department: member.department, layer: member.layer, vendor: member.vendor })

  const choose = (next: MemberRole) => {
    // A role sets a default department and layer; both can be changed.
    const whole = completePosition({ role: next })
    setRole(next)
    setDepartment(whole.department ?? '')
    setLayer(whole.layer)
  }
  const form = useSubmit(change, {
    input: term === 'wrong' ? null : { memberId: member.id, ...place, vendor: term },
    barred: barred ?? (unchanged ? t('members.unchanged') : null),
    onDone: () => {
      onClose()
      const before = { memberId: member.id, role: member.role, department: member.department, layer: member.layer, vendor: member.vendor }
      offerUndo(t('members.changed', { name: member.name, role: t(`terms:role.${role}`) }), () => change.act(before))
    },
  })
  return (
    <FormDialog
      title={t('members.dialog', { name: member.name })}
      onClose={onClose}
      form={form}
      act={t('members.save', { name: member.name, role: t(`terms:role.${role}`) })}
      below={<MemberStanding member={member} me={me} owners={owners} looksAfter={looksAfter} onClose={onClose} />}
    >
      <FieldRow label={t('members.role')}>
        {({ id }) => (
          <NativeSelect
            id={id}
            data-autofocus
            value={role}
            onChange={(event) => choose(MEMBER_ROLES.find((one) => one === event.currentTarget.value) ?? role)}
            data={MEMBER_ROLES.map((one) => ({ value: one, label: `${t(`terms:role.${one}`)} · ${t(`terms:roleDuty.${one}`)}` }))}
          />
        )}
      </FieldRow>
      <FieldGrid>
        <FieldRow label={t('members.department')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={department}
              onChange={(event) => setDepartment(event.currentTarget.value)}
              data={[
                { value: '', label: t('members.noDepartment') },
                ...DEPARTMENTS.map((one) => ({ value: one, label: t(`terms:role.${one}`) })),
              ]}
            />
          )}
        </FieldRow>
        <FieldRow label={t('members.layer')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={layer}
              onChange={(event) => setLayer(LAYERS.find((one) => one === event.currentTarget.value) ?? layer)}
              data={LAYERS.map((one) => ({ value: one, label: t(`people:layer.${one}`) }))}
            />
          )}
        </FieldRow>
      </FieldGrid>
      <VendorFields draft={vendor} onChange={setVendor} wrong={form.tried && term === 'wrong'} />
    </FormDialog>
  )
}
