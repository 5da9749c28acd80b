import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { Section } from '#ui/Page.tsx'
import { NativeSelect, TextInput } from '@mantine/core'
import { MEMBER_ROLES, MemberRole } from '#domain/members/member.ts'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './SettingsPage.module.css'

/** Name and role of the current member; others see the change with ops written from then on. */
export function MeSection({ me }: { me: MemberView }) {
  const { t } = useTranslation('workspace')
  const { act, busy } = useAct('workspace.updateMe')
  const placeBarred = usePermit('member.place')
  const [name, setName] = useState(me.name)
  const [role, setRole] = useState(me.role)
  const [refused, setRefused] = useState<Failure | null>(null)
  const trimmed = name.trim()
  const fault = trimmed === '' ? 'nameMissing' : trimmed.length > 40 ? 'nameLong' : null
  const unchanged = trimmed === me.name && role === me.role
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (fault || unchanged) return
    const result = await act({ name: trimmed, role })
    setRefused(result.ok ? null : result.failure)
  }
  return (
    <Section title={t('settings.me')}>
      <form className={classes['fields']} onSubmit={(event) => void save(event)} noValidate>
        <FieldRow label={t('me.name')} error={fault ? t(`me.${fault}`) : null}>
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              maw={320}
              error={fault !== null}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </FieldRow>
        <FieldRow label={t('me.role')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              maw={520}
              value={role}
              disabled={placeBarred !== null}
              title={placeBarred ?? undefined}
              onChange={(event) => {
                const chosen = MemberRole.safeParse(event.currentTarget.value)
                if (chosen.success) setRole(chosen.data)
              }}
              data={MEMBER_ROLES.map((one) => ({ value: one, label: `${t(`terms:role.${one}`)} · ${t(`terms:roleDuty.${one}`)}` }))}
            />
          )}
        </FieldRow>
        {refused && <FailureNotice failure={refused} />}
        <div>
          <ActButton submit busy={busy} barred={unchanged ? t('settings.unchanged') : null}>
            {t('settings.saveMe')}
          </ActButton>
        </div>
      </form>
    </Section>
  )
}
