import { useRead } from '#client/use-read.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import type { ApproverRole } from '#domain/rules/approval-policy.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { currentTime, useNow } from '#ui/time/use-now.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MomentField, momentOf } from '../text/MomentField.tsx'
import { DELEGATION_ENDS, endsAhead, isInReach, timeOf, type DelegationEnd } from './delegation-times.ts'
import classes from './Policy.module.css'

type Props = { me: MemberView; as: ApproverRole }

/** Lets another member decide in the own role until a time. */
export function DelegationForm({ me, as }: Props) {
  const { t, i18n } = useTranslation('wording')
  const now = useNow(30_000)
  const members = (useRead('workspace.members', {}).data ?? []).filter(
    ({ id, status, vendor }) => id !== me.id && status === 'active' && !vendor,
  )
  const [picked, setPicked] = useState('')
  const [wanted, setWanted] = useState<DelegationEnd>('tonight')
  const [typed, setTyped] = useState('')
  const offerUndo = useUndoNotice()
  const command = usePermittedAct('wordings.delegate')
  const ahead = endsAhead(now)
  const end = ahead.includes(wanted) ? wanted : (ahead[0] ?? 'own')
  const until = end === 'own' ? momentOf(typed) : timeOf(end, now)
  const member = members.find(({ id }) => id === picked)
  const reached = until !== null && isInReach(until, currentTime())
  const role = t(`terms:role.${as}`)
  const form = useSubmit(command, {
    input: member && until !== null && reached ? { to: member.id, as, until } : null,
    barred: members.length === 0 ? t('delegate.nobody') : null,
    onDone: () => {
      setPicked('')
      setTyped('')
      if (member) {
        const undo = () => command.act({ to: member.id, as, until: null })
        offerUndo(t('delegate.given', { name: member.name, role }), undo)
      }
    },
  })
  return (
    <form
      className={classes['delegation']}
      aria-label={t('delegate.form')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        form.submit()
      }}
    >
      <FieldRow label={t('delegate.member')} required error={form.tried && !member ? t('delegate.noMember') : null}>
        {({ id, describedBy }) => (
          <NativeSelect
            id={id}
            size="xs"
            aria-describedby={describedBy}
            error={form.tried && !member}
            value={picked}
            onChange={(event) => setPicked(event.currentTarget.value)}
            data={[
              { value: '', label: t('delegate.choose') },
              ...members.map((one) => ({ value: one.id, label: `${one.name} · ${t(`terms:role.${one.role}`)}` })),
            ]}
          />
        )}
      </FieldRow>
      <FieldRow label={t('delegate.ends')} error={form.tried && !reached ? t('delegate.noTime') : null}>
        {({ id, describedBy }) => (
          <NativeSelect
            id={id}
            size="xs"
            aria-describedby={describedBy}
            value={end}
            onChange={(event) => setWanted(DELEGATION_ENDS.find((one) => one === event.currentTarget.value) ?? 'own')}
            data={ahead.map((one) => ({
              value: one,
              label: t(`delegate.preset.${one}`, one === 'own' ? {} : { at: formatMoment(timeOf(one, now), now, i18n.language) }),
            }))}
          />
        )}
      </FieldRow>
      {end === 'own' && <MomentField label={t('delegate.time')} placeholder={t('delegate.timeExample')} text={typed} onChange={setTyped} />}
      {form.failure && <FailureNotice failure={form.failure} />}
      <ActButton submit size="xs" busy={form.busy} barred={form.barred}>
        {t('delegate.act', { role })}
      </ActButton>
    </form>
  )
}
