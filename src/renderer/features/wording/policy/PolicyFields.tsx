import { APPROVER_ROLES, ApprovalPolicy } from '#domain/rules/approval-policy.ts'
import { FieldRow } from '#ui/FieldRow.tsx'
import { Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Policy.module.css'
import { withRole } from './policy-draft.ts'

type Props = { policy: ApprovalPolicy; onChange: (policy: ApprovalPolicy) => void; onFault: (wrong: boolean) => void }

/** One policy: which roles approve, together or one after the other, and how many minutes they have. */
export function PolicyFields({ policy, onChange, onFault }: Props) {
  const { t } = useTranslation('wording')
  const [minutes, setMinutes] = useState(String(policy.dueMinutes))
  const meant = ApprovalPolicy.safeParse({ ...policy, dueMinutes: Number(minutes) })
  const type = (text: string) => {
    setMinutes(text)
    const read = ApprovalPolicy.safeParse({ ...policy, dueMinutes: Number(text) })
    onFault(!read.success)
    if (read.success) onChange(read.data)
  }
  return (
    <div className={classes['fields']}>
      <FieldRow group label={t('policy.roles')}>
        {() => (
          <div className={classes['roles']}>
            {APPROVER_ROLES.map((role) => {
              const order = policy.roles.indexOf(role)
              return (
                <Checkbox
                  key={role}
                  size="xs"
                  label={
                    policy.inOrder && order >= 0
                      ? t('policy.nth', { number: order + 1, role: t(`terms:role.${role}`) })
                      : t(`terms:role.${role}`)
                  }
                  checked={order >= 0}
                  onChange={(event) => onChange(withRole(policy, role, event.currentTarget.checked))}
                />
              )
            })}
          </div>
        )}
      </FieldRow>
      <FieldRow group label={t('policy.order')}>
        {({ labelId }) => (
          <SegmentedControl
            size="xs"
            aria-labelledby={labelId}
            value={policy.inOrder ? 'order' : 'parallel'}
            onChange={(value) => onChange({ ...policy, inOrder: value === 'order' })}
            data={[
              { value: 'parallel', label: t('policy.parallel') },
              { value: 'order', label: t('policy.inOrder') },
            ]}
          />
        )}
      </FieldRow>
      <FieldRow label={t('policy.minutes')} error={meant.success ? null : t('policy.minutesWrong')}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            size="xs"
            w={96}
            inputMode="numeric"
            aria-describedby={describedBy}
            value={minutes}
            onChange={(event) => type(event.currentTarget.value)}
          />
        )}
      </FieldRow>
    </div>
  )
}
