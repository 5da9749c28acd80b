import type { AgentRow } from '#contract/agents-api.ts'
import { Age } from '#ui/Age.tsx'
import { RowAct } from '#ui/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import classes from './Agents.module.css'

type Props = {
  agents: readonly AgentRow[]
  barred: string | null
  busy: boolean
  onSettle: (agent: AgentRow, free: boolean) => void
}

/** Numbers that one agent has and another wants: whoever joins by a link first may have taken a colleague's. */
export function WantedNumbers({ agents, barred, busy, onSettle }: Props) {
  const { t } = useTranslation('agents')
  if (agents.length === 0) return null
  return (
    <section className={classes['warning']} aria-label={t('wanted.title')}>
      <b>{t('wanted.title')}</b>
      <ul className={classes['wanted']}>
        {agents.map((agent) => {
          const { id, number, name, vendor, claim } = agent
          if (!claim) return null
          const who = { number, name, other: claim.name }
          const act = (key: 'free' | 'keep') => (
            <RowAct
              label={t(`wanted.${key}`, who)}
              longLabel={t(`wanted.${key}Of`, who)}
              busy={busy}
              barred={barred}
              onAct={() => onSettle(agent, key === 'free')}
            />
          )
          return (
            <li key={id}>
              <span>
                {t('wanted.line', { ...who, vendor: vendor ?? t('groups.own'), count: claim.times })} <Age at={claim.at} />
              </span>
              <span className={classes['acts']}>
                {act('free')}
                {act('keep')}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
