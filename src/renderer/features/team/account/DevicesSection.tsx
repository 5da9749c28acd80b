import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
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
  return (
    <Section title={t(looksAfter ? 'devices.all' : 'devices.own')}>
      {shown && <FailureNotice failure={shown} onRetry={readAgain} />}
      {data?.length === 0 && <p className={classes['note']}>{t('devices.none')}</p>}
      {data && data.length > 0 && (
        <div className={classes['frame']} tabIndex={0} role="region" aria-label={t(looksAfter ? 'devices.all' : 'devices.own')}>
          <table className={classes['table']}>
            <thead>
              <tr>
                <th scope="col">{t('devices.device')}</th>
                {looksAfter && <th scope="col">{t('devices.member')}</th>}
                <th scope="col">{t('devices.since')}</th>
                <th scope="col">{t('members.lastSeen')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('members.acts')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((one) => (
                <tr key={one.id}>
                  <td>
                    <span className={classes['name']}>{one.device}</span>
                    {one.own && <span className={classes['mark']}>{t('devices.this')}</span>}
                  </td>
                  {looksAfter && <td>{members.find((member) => member.id === one.memberId)?.name ?? '–'}</td>}
                  <td>
                    <Age at={one.createdAt} />
                  </td>
                  <td>
                    {one.connected ? <span className={classes['here']}>● {t('devices.connected')}</span> : <Age at={one.lastSeenAt} />}
                  </td>
                  <td>
                    {!one.own && (
                      <ActButton quiet size="compact-xs" busy={busy} onAct={() => void signOut(one.id)}>
                        <span aria-hidden="true">{t('devices.signOut')}</span>
                        <span className="visually-hidden">{t('devices.signOutLong', { device: one.device })}</span>
                      </ActButton>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={classes['note']}>{t('devices.text')}</p>
    </Section>
  )
}
