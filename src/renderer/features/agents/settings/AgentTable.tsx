import type { AgentRow } from '#contract/agents-api.ts'
import { Age } from '#ui/Age.tsx'
import { RowAct } from '#ui/DataTable.tsx'
import { Guarded } from '#ui/Guarded.tsx'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Agents.module.css'

const ROW_HEIGHT = 41
const ROWS_BEYOND = 8

type Acts = {
  barred: string | null
  busy: boolean
  onChange: (agent: AgentRow) => void
  onReset: (agent: AgentRow) => void
  onEnd: (agent: AgentRow) => void
  onFree: (agent: AgentRow) => void
}
type Props = Acts & { agents: readonly AgentRow[]; nameOf: (groupId: string) => string }

/** Agents as a virtualized table, so that thousands of rows scroll smoothly. */
export const AgentTable = memo(function AgentTable({ agents, nameOf, ...acts }: Props) {
  const { t } = useTranslation('agents')
  const scroller = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react/incompatible-library -- the React Compiler, which this warns for, is not in use
  const rows = useVirtualizer({
    count: agents.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: ROWS_BEYOND,
  })
  const items = rows.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div ref={scroller} className={classes['scroller']} tabIndex={0} role="region" aria-label={t('agents.title')}>
      <table className={classes['table']} aria-rowcount={agents.length + 1}>
        <thead>
          <tr>
            <th scope="col">{t('agents.number')}</th>
            <th scope="col">{t('agents.name')}</th>
            <th scope="col">{t('agents.vendor')}</th>
            <th scope="col">{t('agents.groups')}</th>
            <th scope="col">{t('agents.standing')}</th>
            <th scope="col" className={classes['last']}>
              <span className="visually-hidden">{t('acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {items.map((item) => {
            const agent = agents[item.index]
            return (
              agent && (
                <Guarded key={agent.id} of={agent} as="tr">
                  <AgentLine agent={agent} position={item.index + 2} groups={agent.groups.map(nameOf).join(t('and'))} {...acts} />
                </Guarded>
              )
            )
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  )
})

function AgentLine({
  agent,
  position,
  groups,
  barred,
  busy,
  onChange,
  onReset,
  onEnd,
  onFree,
}: Acts & { agent: AgentRow; position: number; groups: string }) {
  const { t } = useTranslation('agents')
  const { name, number } = agent
  const ended = agent.endedAt !== null
  const act = (key: 'change' | 'reset' | 'end' | 'giveBack' | 'free', onAct: (agent: AgentRow) => void) => (
    <RowAct
      label={t(`agents.${key}`)}
      longLabel={t(`agents.${key}Of`, { name, number })}
      busy={busy}
      barred={barred}
      onAct={() => onAct(agent)}
    />
  )
  return (
    <tr aria-rowindex={position} data-ended={ended || undefined}>
      <td>{number}</td>
      <td title={name}>{name}</td>
      <td title={agent.vendor ?? undefined}>{agent.vendor ?? t('groups.own')}</td>
      <td title={groups}>{groups === '' ? '–' : groups}</td>
      <td>
        <Standing agent={agent} />
      </td>
      <td>
        <span className={classes['acts']}>
          {!ended && act('change', onChange)}
          {!ended && agent.linkId === null && act('reset', onReset)}
          {!ended && act('end', onEnd)}
          {ended && !agent.freed && act('giveBack', onEnd)}
          {ended && !agent.freed && act('free', onFree)}
        </span>
      </td>
    </tr>
  )
}

/** Whether an agent is online, was last, or has no access any more. */
function Standing({ agent: { endedAt, online, lastSeenAt, freed } }: { agent: AgentRow }) {
  const { t } = useTranslation('agents')
  if (endedAt !== null)
    return (
      <>
        {t(freed ? 'agents.freed' : 'agents.ended')} · <Age at={endedAt} />
      </>
    )
  if (online) return <span className={classes['on']}>{t('agents.online')}</span>
  return lastSeenAt === null ? t('agents.never') : <Age at={lastSeenAt} />
}
