import { useRead } from '#client/use-read.ts'
import type { DelegationRow } from '#contract/wording-api.ts'
import { ApproverRole } from '#domain/rules/approval-policy.ts'
import { usePermits, usePermittedAct } from '#features/permissions'
import { CellMark, DataTable, RowAct } from '#ui/DataTable.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { formatMoment } from '#ui/time/format-time.ts'
import { useNow } from '#ui/time/use-now.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useTranslation } from 'react-i18next'
import { DelegationForm } from './DelegationForm.tsx'
import classes from './Policy.module.css'

/** Approvers let another member decide in their role until a time; everybody sees who decides for whom (MS-15). */
export function DelegationSection() {
  const { t } = useTranslation('wording')
  const { me } = usePermits()
  const { data, failure, readAgain } = useRead('wordings.delegations', {})
  const { barred } = usePermittedAct('wordings.delegate')
  const as = ApproverRole.safeParse(me?.role).data
  return (
    <Section title={t('delegate.title')}>
      <p className={classes['hint']}>{t('delegate.hint')}</p>
      {me && as && barred === null ? <DelegationForm me={me} as={as} /> : barred !== null && <p className={classes['hint']}>{barred}</p>}
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      {data &&
        (data.length === 0 ? <p className={classes['hint']}>{t('delegate.none')}</p> : <Delegations rows={data} meId={me?.id ?? null} />)}
    </Section>
  )
}

function Delegations({ rows, meId }: { rows: readonly DelegationRow[]; meId: string | null }) {
  const { t, i18n } = useTranslation('wording')
  const now = useNow(30_000)
  const delegate = usePermittedAct('wordings.delegate')
  const offerUndo = useUndoNotice()
  const end = async ({ toId: to, toName, as: role, until }: DelegationRow) => {
    const as = ApproverRole.safeParse(role).data
    if (as === undefined) return
    const done = await delegate.act({ to, as, until: null })
    if (done.ok) offerUndo(t('delegate.ended', { name: toName }), () => delegate.act({ to, as, until }))
  }
  return (
    <>
      {delegate.failure && <FailureNotice failure={delegate.failure} />}
      <DataTable
        label={t('delegate.list')}
        rows={rows.filter(({ until }) => until > now)}
        rowKey={({ byId, toId, as }) => `${byId} ${toId} ${as}`}
        columns={[
          {
            id: 'from',
            head: t('delegate.from'),
            render: ({ byName, own }) => (
              <>
                {byName} {own && <CellMark>{t('delegate.me')}</CellMark>}
              </>
            ),
          },
          {
            id: 'to',
            head: t('delegate.to'),
            render: ({ toId, toName }) => (
              <>
                {toName} {toId === meId && <CellMark>{t('delegate.me')}</CellMark>}
              </>
            ),
          },
          { id: 'as', head: t('delegate.as'), render: ({ as }) => <RoleName role={as} /> },
          { id: 'until', head: t('delegate.until'), fit: true, render: ({ until }) => formatMoment(until, now, i18n.language) },
          {
            id: 'acts',
            head: t('delegate.end'),
            hideHead: true,
            align: 'end',
            render: (row) =>
              row.own && (
                <RowAct
                  label={t('delegate.end')}
                  longLabel={t('delegate.endOf', { name: row.toName })}
                  busy={delegate.busy}
                  barred={delegate.barred}
                  onAct={() => void end(row)}
                />
              ),
          },
        ]}
      />
    </>
  )
}

function RoleName({ role }: { role: string }) {
  const { t } = useTranslation('wording')
  const known = ApproverRole.safeParse(role).data
  return known === undefined ? role : t(`terms:role.${known}`)
}
