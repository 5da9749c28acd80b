import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import { DataTable, RowAct } from '#ui/DataTable.tsx'
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
      <DataTable
        label={t('left.title')}
        rows={data}
        rowKey={(one) => one.incidentId}
        columns={[
          { id: 'declared', head: t('left.declared'), render: (one) => formatExact(one.declaredAt, i18n.language) },
          { id: 'named', head: t('left.named'), render: (one) => one.members.map(nameOf).join(' · ') },
          {
            id: 'acts',
            head: t('members.acts'),
            hideHead: true,
            align: 'end',
            render: (one) => (
              <RowAct
                label={t('left.act', { time: formatExact(one.declaredAt, i18n.language) })}
                busy={busy}
                onAct={() => void takeOver(one.incidentId)}
              />
            ),
          },
        ]}
      />
    </Section>
  )
}
