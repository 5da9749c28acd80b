import { useRead } from '#client/use-read.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { Age } from '#ui/Age.tsx'
import { CellMark, CellNote, DataTable, RowAct } from '#ui/DataTable.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { formatExact } from '#ui/time/format-time.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from '../TeamPage.module.css'
import { MemberDialog } from './MemberDialog.tsx'

/** All members with role and presence, and the permitted changes. */
export function MembersSection({ me, looksAfter }: { me: MemberView; looksAfter: boolean }) {
  const { t } = useTranslation('team')
  const { data, failure, readAgain } = useRead('workspace.members', {})
  const present = useRead('membership.present', {}).data ?? []
  const sessions = useRead('team.sessions', looksAfter ? { memberId: null } : null).data ?? []
  const [open, setOpen] = useState<string | null>(null)
  const members = data ?? []
  const shown = members.find((one) => one.id === open)
  const lastSeen = (id: string) => Math.max(0, ...sessions.filter((one) => one.memberId === id).map((one) => one.lastSeenAt))
  const deviceWords = (id: string) => {
    const count = sessions.filter((one) => one.memberId === id).length
    return count > 0 ? t('members.deviceCount', { count }) : '–'
  }
  return (
    <Section title={t('members.title', { count: members.filter((one) => one.status === 'active').length })}>
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      <DataTable
        label={t('members.region')}
        rows={members}
        rowKey={(member) => member.id}
        muted={(member) => member.status === 'revoked'}
        columns={[
          {
            id: 'name',
            head: t('account.name'),
            render: (member) => (
              <>
                <b>{member.name}</b>
                {member.id === me.id && <CellMark>{t('members.you')}</CellMark>}
                {member.owner && <CellMark>{t('terms:party.owner')}</CellMark>}
              </>
            ),
          },
          { id: 'role', head: t('members.role'), render: (member) => <RoleCell member={member} /> },
          {
            id: 'place',
            head: t('members.place'),
            render: (member) => (
              <>
                {t(`people:layer.${member.layer}`)}
                {member.department !== null && ` · ${t(`terms:role.${member.department}`)}`}
              </>
            ),
          },
          {
            id: 'standing',
            head: t('members.standing'),
            render: (member) => (
              <StandingCell
                member={member}
                here={member.id === me.id || present.some((one) => one.memberId === member.id)}
                seen={lastSeen(member.id)}
              />
            ),
          },
          { id: 'devices', head: t('members.devices'), render: (member) => deviceWords(member.id) },
          {
            id: 'acts',
            head: t('members.acts'),
            hideHead: true,
            align: 'end',
            render: ({ id, name }) => (
              <RowAct label={t('members.open')} longLabel={t('members.openLong', { name })} readsOnly onAct={() => setOpen(id)} />
            ),
          },
        ]}
      />
      {shown && (
        <MemberDialog
          key={shown.id}
          member={shown}
          me={me}
          owners={members.filter((one) => one.owner && one.status === 'active').length}
          looksAfter={looksAfter}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  )
}

function RoleCell({ member }: { member: MemberView }) {
  const { t, i18n } = useTranslation('team')
  const day = (at: number) => formatExact(at, i18n.language).slice(0, 10)
  return (
    <>
      {t(`terms:role.${member.role}`)}
      {member.vendor && (
        <CellNote>
          {t('members.vendor', { company: member.vendor.company, from: day(member.vendor.from), until: day(member.vendor.until) })}
        </CellNote>
      )}
    </>
  )
}

/** Whether the membership ended, the member is connected, or when a device of theirs was seen last (0: never). */
function StandingCell({ member, here, seen }: { member: MemberView; here: boolean; seen: number }) {
  const { t } = useTranslation('team')
  if (member.status === 'revoked') {
    return (
      <>
        <span className={classes['ended']}>{t('members.revoked')}</span>
        {member.revoked && <CellNote>{member.revoked.reason}</CellNote>}
      </>
    )
  }
  if (here) return <span className={classes['here']}>● {t('members.here')}</span>
  if (seen === 0) return t('members.away')
  return (
    <>
      {t('members.lastSeen')} <Age at={seen} />
    </>
  )
}
