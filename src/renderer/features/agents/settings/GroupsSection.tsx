import { useRead } from '#client/use-read.ts'
import type { AgentGroupView } from '#contract/agent-group-api.ts'
import { usePermittedAct } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { CellNote, DataTable, RowAct } from '#ui/DataTable.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { PendingMark } from '#ui/PendingMark.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Agents.module.css'
import { GroupDialog } from './GroupDialog.tsx'

/** The groups to which texts are published. They are in the log, so that they can be kept without the hub. */
export function GroupsSection() {
  const { t } = useTranslation('agents')
  const { data, failure, readAgain } = useRead('agentGroups.list', { removed: false })
  const remove = usePermittedAct('agentGroups.remove')
  const offerUndo = useUndoNotice()
  const [open, setOpen] = useState<AgentGroupView | 'new' | null>(null)
  const takeOut = async ({ id: groupId, name }: AgentGroupView) => {
    const done = await remove.act({ groupId, removed: true })
    if (done.ok) offerUndo(t('groups.removed', { name }), () => remove.act({ groupId, removed: false }))
  }
  const shown = failure ?? remove.failure
  return (
    <Section
      title={t('groups.title')}
      aside={
        <ActButton quiet size="xs" barred={remove.barred} onAct={() => setOpen('new')}>
          {t('groups.add')}
        </ActButton>
      }
    >
      {shown && <FailureNotice failure={shown} onRetry={readAgain} />}
      {data?.length === 0 && <p className={classes['note']}>{t('groups.none')}</p>}
      {data && data.length > 0 && (
        <DataTable
          label={t('groups.title')}
          rows={data}
          rowKey={({ id }) => id}
          columns={[
            {
              id: 'name',
              head: t('groups.name'),
              render: (group) => (
                <>
                  {group.name} <PendingMark pending={group.pending} quiet />
                  <CellNote>{group.vendor ?? t('groups.own')}</CellNote>
                </>
              ),
            },
            { id: 'serves', head: t('groups.serves'), render: (group) => <Serves group={group} /> },
            { id: 'leads', head: t('groups.leads'), render: ({ leadNames }) => leadNames.join(t('and')) || '–' },
            {
              id: 'acts',
              head: t('acts'),
              hideHead: true,
              align: 'end',
              render: (group) => (
                <span className={classes['acts']}>
                  <RowAct
                    label={t('groups.change')}
                    longLabel={t('groups.changeOf', { name: group.name })}
                    barred={remove.barred}
                    onAct={() => setOpen(group)}
                  />
                  <RowAct
                    label={t('groups.remove')}
                    longLabel={t('groups.removeOf', { name: group.name })}
                    busy={remove.busy}
                    barred={remove.barred}
                    onAct={() => void takeOut(group)}
                  />
                </span>
              ),
            },
          ]}
        />
      )}
      {open && <GroupDialog group={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  )
}

/** What a group does: its team, skill, channel and language. */
function Serves({ group: { team, skill, channel, language } }: { group: AgentGroupView }) {
  const { t } = useTranslation('agents')
  const parts = [team, skill, channel && t(`wording-editor:channel.${channel}`), language && t(`wording:language.${language}`)]
  return parts.filter(Boolean).join(' · ') || '–'
}
