import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { AgentLinkRow } from '#contract/agents-api.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { Age } from '#ui/Age.tsx'
import { CellNote, DataTable, RowAct } from '#ui/DataTable.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { useNow } from '#ui/time/use-now.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGroups } from '../use-groups.ts'
import classes from './Agents.module.css'
import { FreshLink } from './FreshLink.tsx'
import { LinkDialog } from './LinkDialog.tsx'

/** Whoever joins takes a seat. Milliseconds. */
const AGAIN_MS = 10_000

/** Links by which a vendor's agents join without accounts, until the seats are taken or the time is over. */
export function LinksSection() {
  const { t } = useTranslation('agents')
  const { data, failure, readAgain } = useRead('agents.links', {}, { every: AGAIN_MS, keep: true })
  const { groups, nameOf } = useGroups()
  const barred = usePermit('agents.manage')
  const end = useAct('agents.endLink')
  const now = useNow(AGAIN_MS)
  const [making, setMaking] = useState(false)
  const [fresh, setFresh] = useState<(AgentLinkRow & { address: string }) | null>(null)
  const isOver = ({ endedAt, expiresAt }: AgentLinkRow) => endedAt !== null || expiresAt <= now
  const endLink = async (id: string) => {
    await end.act({ id })
    readAgain()
  }
  const shown = end.failure ?? failure
  return (
    <Section
      title={t('links.title')}
      aside={
        <ActButton quiet size="xs" barred={barred ?? (groups.length === 0 ? t('links.groupFirst') : null)} onAct={() => setMaking(true)}>
          {t('links.make')}
        </ActButton>
      }
    >
      <p className={classes['note']}>{t('links.text')}</p>
      {fresh && <FreshLink link={fresh} groupName={nameOf(fresh.groupId)} onClose={() => setFresh(null)} />}
      {shown && <FailureNotice failure={shown} onRetry={readAgain} />}
      {data && data.length > 0 && (
        <DataTable
          label={t('links.title')}
          rows={data}
          rowKey={({ id }) => id}
          muted={isOver}
          columns={[
            {
              id: 'label',
              head: t('links.label'),
              render: ({ label, vendor }) => (
                <>
                  {label}
                  {vendor !== null && <CellNote>{vendor}</CellNote>}
                </>
              ),
            },
            { id: 'group', head: t('agents.group'), render: ({ groupId }) => nameOf(groupId) },
            { id: 'seats', head: t('links.seats'), align: 'end', fit: true, render: ({ taken, seats }) => `${taken}/${seats}` },
            {
              id: 'state',
              head: t('links.state'),
              render: (link) =>
                link.endedAt !== null ? (
                  t('links.ended')
                ) : link.expiresAt <= now ? (
                  t('links.over')
                ) : (
                  <>
                    {t('links.until')} <Age at={link.expiresAt} />
                  </>
                ),
            },
            {
              id: 'acts',
              head: t('acts'),
              hideHead: true,
              align: 'end',
              render: (link) =>
                link.endedAt === null && (
                  <RowAct
                    label={t('links.end')}
                    longLabel={t('links.endOf', { label: link.label, count: link.taken })}
                    busy={end.busy}
                    barred={barred}
                    onAct={() => void endLink(link.id)}
                  />
                ),
            },
          ]}
        />
      )}
      {making && (
        <LinkDialog
          groups={groups}
          onClose={() => setMaking(false)}
          onMade={(made) => {
            setMaking(false)
            setFresh(made)
            readAgain()
          }}
        />
      )}
    </Section>
  )
}
