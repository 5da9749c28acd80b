import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { Language } from '#contract/workspace-api.ts'
import type { MemberRole } from '#domain/members/member.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { TextInput } from '@mantine/core'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './FirstRunPage.module.css'
import { RoleChoice } from './RoleChoice.tsx'

/** The form to start on this machine alone: name and role. */
export function BeginHereForm({ language }: { language: Language }) {
  const { t } = useTranslation('workspace')
  const { act, busy } = useAct('workspace.setUp')
  const [name, setName] = useState('')
  const [role, setRole] = useState<MemberRole | null>(null)
  const [tried, setTried] = useState(false)
  const [refused, setRefused] = useState<Failure | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const nameFault = tried ? faultOfName(name) : null
  const start = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (faultOfName(name)) return form.current?.querySelector<HTMLInputElement>('input[type=text]')?.focus()
    if (!role) return form.current?.querySelector<HTMLInputElement>('input[type=radio]')?.focus()
    const result = await act({ name: name.trim(), role, language })
    if (!result.ok) setRefused(result.failure)
    return undefined
  }
  return (
    <form ref={form} className={classes['form']} onSubmit={(event) => void start(event)} noValidate>
      <FieldRow label={t('me.name')} required hint={t('me.nameHint')} error={nameFault ? t(`me.${nameFault}`) : null}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            type="text"
            aria-describedby={describedBy}
            aria-required
            autoComplete="name"
            autoFocus
            maw={360}
            size="md"
            error={nameFault !== null}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
      </FieldRow>
      <FieldRow label={t('me.role')} required group hint={t('me.roleHint')} error={tried && !role ? t('me.roleMissing') : null}>
        {() => <RoleChoice value={role} onChange={setRole} />}
      </FieldRow>
      {refused && <FailureNotice failure={refused} />}
      <div className={classes['act']}>
        <ActButton submit busy={busy} size="md">
          {t('firstRun.hereAct')}
        </ActButton>
        <span className={classes['local']}>{t('firstRun.local')}</span>
      </div>
    </form>
  )
}

function faultOfName(name: string): 'nameMissing' | 'nameLong' | null {
  const length = name.trim().length
  if (length === 0) return 'nameMissing'
  return length > 40 ? 'nameLong' : null
}
