import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { Age } from '#ui/Age.tsx'
import { CellMark, DataTable, RowAct } from '#ui/DataTable.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from '../TeamPage.module.css'

/** The own sessions; for owners, the sessions of all members. */
export function DevicesSection({ me, looksAfter }: { me: MemberView; looksAfter: boolean }) {
  const { t } = useTranslation('team')
  const { data, failure, readAgain } = useRead('team.sessions', { memberId: looksAfter ? null : me.id })
  const members = useRead('workspace.members', {}).data ?? []
  const { act, busy } = useAct('team.revokeSession')
  const [refused, setRefused] = useState<Failure | null>(null)
  const signOut = async (id: string) => {
    const result = await act({ id })
    setRefused(result.ok ? null : result.failure)
    readAgain()
  }
  const shown = refused ?? failure
  const title = t(looksAfter ? 'devices.all' : 'devices.own')
  return (
    <Section title={title}>
      {shown && <FailureNotice failure={shown} onRetry={readAgain} />}
      {data?.length === 0 && <p className={classes['note']}>{t('devices.none')}</p>}
      {data && data.length > 0 && (
        <DataTable
          label={title}
          rows={data}
          rowKey={(one) => one.id}
          columns={[
            {
              id: 'device',
              head: t('devices.device'),
              render: (one) => (
                <>
                  <b>{one.device}</b>
                  {one.own && <CellMark>{t('devices.this')}</CellMark>}
                </>
              ),
            },
            looksAfter && {
              id: 'member',
              head: t('devices.member'),
              render: (one) => members.find((member) => member.id === one.memberId)?.name ?? '–',
            },
            { id: 'since', head: t('devices.since'), render: (one) => <Age at={one.createdAt} /> },
            {
              id: 'seen',
              head: t('members.lastSeen'),
              render: (one) =>
                one.connected ? <span className={classes['here']}>● {t('devices.connected')}</span> : <Age at={one.lastSeenAt} />,
            },
            {
              id: 'acts',
              head: t('members.acts'),
              hideHead: true,
              align: 'end',
              render: (one) =>
                !one.own && (
                  <RowAct
                    label={t('devices.signOut')}
                    longLabel={t('devices.signOutLong', { device: one.device })}
                    busy={busy}
                    onAct={() => void signOut(one.id)}
                  />
                ),
            },
          ]}
        />
      )}
      <p className={classes['note']}>{t('devices.text')}</p>
    </Section>
  )
}
