import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { FreshInvite } from '#contract/team-api.ts'
import { usePermit } from '#features/permissions'
import { Age } from '#ui/Age.tsx'
import { CellNote, DataTable, RowAct } from '#ui/DataTable.tsx'
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
        <DataTable
          label={t('invites.list')}
          rows={data}
          rowKey={(one) => one.id}
          muted={(one) => one.state !== 'open'}
          columns={[
            { id: 'note', head: t('invites.note'), render: (one) => (one.note === '' ? '–' : one.note) },
            {
              id: 'role',
              head: t('members.role'),
              render: (one) => (
                <>
                  {t(`terms:role.${one.role}`)}
                  {one.vendor && <CellNote>{one.vendor.company}</CellNote>}
                </>
              ),
            },
            { id: 'by', head: t('invites.by'), render: (one) => nameOf(one.createdBy) },
            { id: 'until', head: t('invites.until'), render: (one) => <Age at={one.expiresAt} /> },
            {
              id: 'state',
              head: t('invites.state'),
              render: (one) =>
                one.state === 'used' ? t('invites.usedBy', { name: nameOf(one.usedBy) }) : t(`invites.states.${one.state}`),
            },
            {
              id: 'acts',
              head: t('members.acts'),
              hideHead: true,
              align: 'end',
              render: (one) =>
                one.state === 'open' && (
                  <RowAct label={t('invites.withdraw')} busy={withdraw.busy} barred={barred} onAct={() => void takeBack(one.id)} />
                ),
            },
          ]}
        />
      )}
    </Section>
  )
}
