import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { formatExact } from '#ui/time/format-time.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './TeamPage.module.css'

/** For owners: restricted incidents without any reader, and the recorded command to take one over. Hidden if there are none. */
export function OrphanedIncidents() {
  const { t, i18n } = useTranslation('team')
  const { data, readAgain } = useRead('team.orphanedIncidents', {})
  const members = useRead('workspace.members', {}).data ?? []
  const { act, busy } = useAct('team.takeOverIncident')
  const [refused, setRefused] = useState<Failure | null>(null)
  const takeOver = async (incidentId: string) => {
    const result = await act({ incidentId, members: [] })
    setRefused(result.ok ? null : result.failure)
    readAgain()
  }
  if (!data || (data.length === 0 && !refused)) return null
  const nameOf = (id: string) => members.find((member) => member.id === id)?.name ?? '–'
  return (
    <Section title={t('left.title')}>
      <p className={classes['note']}>{t('left.note')}</p>
      {refused && <FailureNotice failure={refused} onRetry={readAgain} />}
      <div className={classes['frame']} tabIndex={0} role="region" aria-label={t('left.title')}>
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">{t('left.declared')}</th>
              <th scope="col">{t('left.named')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('members.acts')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((one) => (
              <tr key={one.incidentId}>
                <td>{formatExact(one.declaredAt, i18n.language)}</td>
                <td>{one.members.map(nameOf).join(' · ')}</td>
                <td>
                  <ActButton quiet size="compact-xs" busy={busy} onAct={() => void takeOver(one.incidentId)}>
                    {t('left.act', { time: formatExact(one.declaredAt, i18n.language) })}
                  </ActButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
