import type { Failure } from '#contract/failures.ts'
import type { FreshInvite } from '#contract/team-api.ts'
import { MEMBER_ROLES, type MemberRole } from '#domain/members/member.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { currentTime } from '#ui/time/use-now.ts'
import { FieldGrid } from '#ui/FormDialog.tsx'
import { Toolbar } from '#ui/Toolbar.tsx'
import { NativeSelect } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../enter/TextField.tsx'
import classes from '../TeamPage.module.css'
import { termOf, vendorDraft } from '../vendor-draft.ts'
import { VendorFields } from '../VendorFields.tsx'

const HOURS = [1, 8, 24, 72, 168] as const

/** The form of an invite: role, person, and validity. */
export function InviteForm({ onMade }: { onMade: (made: FreshInvite) => void }) {
  const { t } = useTranslation('team')
  const { act, busy, barred } = usePermittedAct('team.invite')
  const [role, setRole] = useState<MemberRole>('pr')
  const [note, setNote] = useState('')
  const [hours, setHours] = useState(24)
  const [vendor, setVendor] = useState(() => vendorDraft(null, currentTime()))
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const term = termOf(vendor)
  const make = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (term === 'wrong' || barred !== null) return
    const result = await act({ role, vendor: term, note, hours })
    if (!result.ok) return setFailure(result.failure)
    setFailure(null)
    setNote('')
    setTried(false)
    onMade(result.value)
  }
  return (
    <form className={classes['form']} noValidate onSubmit={(event) => void make(event)}>
      <FieldGrid>
        <FieldRow label={t('members.role')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={role}
              onChange={(event) => setRole(MEMBER_ROLES.find((one) => one === event.currentTarget.value) ?? role)}
              data={MEMBER_ROLES.map((one) => ({ value: one, label: t(`terms:role.${one}`) }))}
            />
          )}
        </FieldRow>
        <FieldRow label={t('invites.hours')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={String(hours)}
              onChange={(event) => setHours(Number(event.currentTarget.value))}
              data={HOURS.map((one) => ({
                value: String(one),
                label: t(one < 48 ? 'invites.hoursOf' : 'invites.daysOf', { count: one < 48 ? one : one / 24 }),
              }))}
            />
          )}
        </FieldRow>
        <TextField label={t('invites.note')} hint={t('invites.noteHint')} required={false} value={note} onChange={setNote} />
      </FieldGrid>
      <VendorFields draft={vendor} onChange={setVendor} wrong={tried && term === 'wrong'} />
      {failure && <FailureNotice failure={failure} />}
      <Toolbar>
        <ActButton submit busy={busy} barred={barred}>
          {t('invites.act', { role: t(`terms:role.${role}`) })}
        </ActButton>
      </Toolbar>
    </form>
  )
}
