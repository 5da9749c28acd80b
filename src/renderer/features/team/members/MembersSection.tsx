import { useRead } from '#client/use-read.ts'
import type { MemberView } from '#contract/workspace-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { formatExact } from '#ui/time/format-time.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from '../TeamPage.module.css'
import { MemberDialog } from './MemberDialog.tsx'

/** All members with role and presence, and the permitted changes. */
export function MembersSection({ me, looksAfter }: { me: MemberView; looksAfter: boolean }) {
  const { t, i18n } = useTranslation('team')
  const { data, failure, readAgain } = useRead('workspace.members', {})
  const present = useRead('membership.present', {}).data ?? []
  const sessions = useRead('team.sessions', looksAfter ? { memberId: null } : null).data ?? []
  const [open, setOpen] = useState<string | null>(null)
  const members = data ?? []
  const shown = members.find((one) => one.id === open)
  const lastSeen = (id: string) => Math.max(0, ...sessions.filter((one) => one.memberId === id).map((one) => one.lastSeenAt))
  return (
    <Section title={t('members.title', { count: members.filter((one) => one.status === 'active').length })}>
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      <div className={classes['frame']} tabIndex={0} role="region" aria-label={t('members.region')}>
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">{t('account.name')}</th>
              <th scope="col">{t('members.role')}</th>
              <th scope="col">{t('members.place')}</th>
              <th scope="col">{t('members.standing')}</th>
              <th scope="col">{t('members.devices')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('members.acts')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => {
              const here = member.id === me.id || present.some((one) => one.memberId === member.id)
              const devices = sessions.filter((one) => one.memberId === member.id).length
              const seen = lastSeen(member.id)
              return (
                <tr key={member.id} data-ended={member.status === 'revoked' || undefined}>
                  <td>
                    <span className={classes['name']}>{member.name}</span>
                    {member.id === me.id && <span className={classes['mark']}>{t('members.you')}</span>}
                    {member.owner && <span className={classes['mark']}>{t('terms:party.owner')}</span>}
                  </td>
                  <td>
                    {t(`terms:role.${member.role}`)}
                    {member.vendor && (
                      <span className={classes['sub']}>
                        {t('members.vendor', {
                          company: member.vendor.company,
                          from: formatExact(member.vendor.from, i18n.language).slice(0, 10),
                          until: formatExact(member.vendor.until, i18n.language).slice(0, 10),
                        })}
                      </span>
                    )}
                  </td>
                  <td>
                    {t(`people:layer.${member.layer}`)}
                    {member.department !== null && ` · ${t(`terms:role.${member.department}`)}`}
                  </td>
                  <td>
                    {member.status === 'revoked' ? (
                      <>
                        <span className={classes['ended']}>{t('members.revoked')}</span>
                        {member.revoked && <span className={classes['sub']}>{member.revoked.reason}</span>}
                      </>
                    ) : here ? (
                      <span className={classes['here']}>● {t('members.here')}</span>
                    ) : seen > 0 ? (
                      <>
                        {t('members.lastSeen')} <Age at={seen} />
                      </>
                    ) : (
                      t('members.away')
                    )}
                  </td>
                  <td>{looksAfter && devices > 0 ? t('members.deviceCount', { count: devices }) : '–'}</td>
                  <td>
                    <OpenMember name={member.name} onOpen={() => setOpen(member.id)} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
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

function OpenMember({ name, onOpen }: { name: string; onOpen: () => void }) {
  const { t } = useTranslation('team')
  return (
    <ActButton quiet size="compact-xs" readsOnly onAct={onOpen}>
      <span aria-hidden="true">{t('members.open')}</span>
      <span className="visually-hidden">{t('members.openLong', { name })}</span>
    </ActButton>
  )
}
