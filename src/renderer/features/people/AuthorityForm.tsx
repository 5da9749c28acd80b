import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { HOUR } from '#domain/durations.ts'
import { MEMBER_ROLES, type MemberRole } from '#domain/members/member.ts'
import { hoursOf } from '#domain/rules/team-rules.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './PeoplePanel.module.css'

const HOURS = [1, 4, 8, 12, 24, 48, 72, 168] as const

type Props = { incident: IncidentView; members: readonly MemberView[]; barred: string | null; onDone: () => void }

/** The form to grant authority: member, role, end and reason. */
export function AuthorityForm({ incident, members, barred, onDone }: Props) {
  const { t, i18n } = useTranslation('people')
  const now = useNow(30_000)
  const longest = hoursOf(useRead('rules.get', {}).data?.rules ?? {}, 'authorityHours')
  const choices = [...HOURS.filter((one) => one < longest), longest]
  const grant = useAct('incidents.grantAuthority')
  const end = useAct('incidents.endAuthority')
  const offerUndo = useUndoNotice()
  const [memberId, setMemberId] = useState(members[0]?.id ?? '')
  const [as, setAs] = useState<MemberRole>('commander')
  const [hours, setHours] = useState(8)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const member = members.find((one) => one.id === memberId)
  const chosen = Math.min(hours, longest)
  const until = now + chosen * HOUR
  const missing = tried && reason.trim() === ''

  const save = async () => {
    setTried(true)
    if (!member || reason.trim() === '' || grant.busy || barred !== null) return
    const of = { incidentId: incident.id, memberId: member.id, as }
    const result = await grant.act({ ...of, until, reason })
    if (!result.ok) return setFailure(result.failure)
    onDone()
    offerUndo(t('authority.granted', { name: member.name, role: t(`terms:role.${as}`) }), () => end.act(of))
  }

  return (
    <form
      className={classes['form']}
      aria-label={t('authority.form')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onDone()
      }}
    >
      <FieldRow label={t('authority.member')}>
        {({ id }) => (
          <NativeSelect
            id={id}
            autoFocus
            size="xs"
            value={memberId}
            onChange={(event) => setMemberId(event.currentTarget.value)}
            data={members.map((one) => ({ value: one.id, label: `${one.name} · ${t(`terms:role.${one.role}`)}` }))}
          />
        )}
      </FieldRow>
      <FieldRow label={t('authority.role')}>
        {({ id }) => (
          <NativeSelect
            id={id}
            size="xs"
            value={as}
            onChange={(event) => setAs(MEMBER_ROLES.find((role) => role === event.currentTarget.value) ?? 'commander')}
            data={MEMBER_ROLES.map((role) => ({ value: role, label: t(`terms:role.${role}`) }))}
          />
        )}
      </FieldRow>
      <FieldRow label={t('authority.hours')}>
        {({ id }) => (
          <NativeSelect
            id={id}
            size="xs"
            value={String(chosen)}
            onChange={(event) => setHours(Number(event.currentTarget.value))}
            data={[...new Set([...choices, chosen])].map((one) => ({ value: String(one), label: t('authority.hoursOf', { hours: one }) }))}
          />
        )}
      </FieldRow>
      <FieldRow label={t('authority.reason')} required error={missing ? t('authority.reasonMissing') : null}>
        {({ id, describedBy }) => (
          <GrowingText
            id={id}
            aria-describedby={describedBy}
            aria-required
            size="xs"
            minRows={1}
            maxRows={4}
            maxLength={500}
            error={missing}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </FieldRow>
      {failure && <FailureNotice failure={failure} />}
      <div className={classes['acts']}>
        <ActButton submit size="compact-sm" busy={grant.busy} barred={barred}>
          {member ? t('authority.act', { name: member.name, until: formatMoment(until, now, i18n.language) }) : t('authority.actPlain')}
        </ActButton>
        <Button variant="default" size="compact-sm" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
