import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { FreshInvite } from '#contract/team-api.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from '../TeamPage.module.css'
import { FreshCode } from './FreshCode.tsx'
import { InviteForm } from './InviteForm.tsx'

/** Creates invites, and lists earlier ones with their state. */
export function InvitesSection() {
  const { t } = useTranslation('team')
  const { data, failure, readAgain } = useRead('team.invites', {})
  const members = useRead('workspace.members', {}).data ?? []
  const withdraw = useAct('team.withdrawInvite')
  const barred = usePermit('member.invite')
  const [fresh, setFresh] = useState<FreshInvite | null>(null)
  const [refused, setRefused] = useState<Failure | null>(null)
  const nameOf = (id: string | null) => members.find((one) => one.id === id)?.name ?? '–'
  const takeBack = async (id: string) => {
    const result = await withdraw.act({ id })
    setRefused(result.ok ? null : result.failure)
    readAgain()
  }
  const shownFailure = refused ?? failure
  return (
    <Section title={t('invites.title')}>
      <p className={classes['note']}>{t('invites.text')}</p>
      {fresh && <FreshCode key={fresh.id} code={fresh.code} text={t('invites.shown', { role: t(`terms:role.${fresh.role}`) })} />}
      <InviteForm
        onMade={(made) => {
          setFresh(made)
          readAgain()
        }}
      />
      {shownFailure && <FailureNotice failure={shownFailure} onRetry={readAgain} />}
      {data && data.length > 0 && (
        <div className={classes['frame']} tabIndex={0} role="region" aria-label={t('invites.list')}>
          <table className={classes['table']}>
            <thead>
              <tr>
                <th scope="col">{t('invites.note')}</th>
                <th scope="col">{t('members.role')}</th>
                <th scope="col">{t('invites.by')}</th>
                <th scope="col">{t('invites.until')}</th>
                <th scope="col">{t('invites.state')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('members.acts')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((one) => (
                <tr key={one.id} data-ended={one.state === 'open' ? undefined : true}>
                  <td>{one.note === '' ? '–' : one.note}</td>
                  <td>
                    {t(`terms:role.${one.role}`)}
                    {one.vendor && <span className={classes['sub']}>{one.vendor.company}</span>}
                  </td>
                  <td>{nameOf(one.createdBy)}</td>
                  <td>
                    <Age at={one.expiresAt} />
                  </td>
                  <td>{one.state === 'used' ? t('invites.usedBy', { name: nameOf(one.usedBy) }) : t(`invites.states.${one.state}`)}</td>
                  <td>
                    {one.state === 'open' && (
                      <ActButton quiet size="compact-xs" busy={withdraw.busy} barred={barred} onAct={() => void takeBack(one.id)}>
                        {t('invites.withdraw')}
                      </ActButton>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}
