import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { AgentPassword, AgentRow } from '#contract/agents-api.ts'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { Section } from '#ui/Page.tsx'
import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGroups } from '../use-groups.ts'
import classes from './Agents.module.css'
import { AgentDialog } from './AgentDialog.tsx'
import { AgentTable } from './AgentTable.tsx'
import { ImportAgents } from './ImportAgents.tsx'
import { PasswordsDialog } from './PasswordsDialog.tsx'
import { WantedNumbers } from './WantedNumbers.tsx'

/** Whether they are online changes all the time. Milliseconds. */
const AGAIN_MS = 10_000
const NONE: readonly AgentRow[] = []

type Open = { kind: 'agent'; agent: AgentRow | null } | { kind: 'import' } | { kind: 'passwords'; passwords: readonly AgentPassword[] }

/** All agents, found by number, name, vendor or group; added one by one or as a list, ended, and given a new password. */
export function AgentsSection() {
  const { t } = useTranslation('agents')
  const { data, failure, readAgain } = useRead('agents.list', { groupId: null }, { every: AGAIN_MS, keep: true })
  const { groups, nameOf } = useGroups()
  const barred = usePermit('agents.manage')
  const end = useAct('agents.end')
  const reset = useAct('agents.resetPassword')
  const settle = useAct('agents.settleNumber')
  const [open, setOpen] = useState<Open | null>(null)
  const [filter, setFilter] = useState('')
  const [group, setGroup] = useState('')
  const [withEnded, setWithEnded] = useState(false)
  const sought = useDeferredValue(filter)
  const all = data ?? NONE
  const shown = useMemo(() => {
    const words = sought.toLowerCase().split(/\s+/).filter(Boolean)
    return all.filter((agent) => {
      if (!withEnded && agent.endedAt !== null) return false
      if (group !== '' && !agent.groups.includes(group)) return false
      const text = [agent.number, agent.name, agent.vendor ?? '', ...agent.groups.map(nameOf)].join(' ').toLowerCase()
      return words.every((word) => text.includes(word))
    })
  }, [all, sought, group, withEnded, nameOf])
  const active = all.filter(({ endedAt }) => endedAt === null)
  const setEnded = async (agent: AgentRow) => {
    await end.act({ id: agent.id, ended: agent.endedAt === null })
    readAgain()
  }
  const settleNumber = async (agent: AgentRow, free: boolean) => {
    await settle.act({ id: agent.id, free })
    readAgain()
  }
  const newPassword = async (agent: AgentRow) => {
    const made = await reset.act({ id: agent.id })
    if (made.ok) setOpen({ kind: 'passwords', passwords: [made.value] })
  }
  const showPasswords = (passwords: readonly AgentPassword[]) => {
    readAgain()
    setOpen(passwords.length > 0 ? { kind: 'passwords', passwords } : null)
  }
  const shownFailure = end.failure ?? settle.failure ?? reset.failure ?? failure
  return (
    <Section
      title={t('agents.title')}
      aside={
        <>
          {data && (
            <span className={classes['count']}>
              {t('agents.count', { count: active.length, online: active.filter(({ online }) => online).length })}
            </span>
          )}
          <ActButton quiet size="xs" barred={barred} onAct={() => setOpen({ kind: 'import' })}>
            {t('agents.import')}
          </ActButton>
          <ActButton quiet size="xs" barred={barred} onAct={() => setOpen({ kind: 'agent', agent: null })}>
            {t('agents.add')}
          </ActButton>
        </>
      }
    >
      <ConsoleAddress />
      {shownFailure && <FailureNotice failure={shownFailure} onRetry={readAgain} />}
      {data && all.length === 0 && <p className={classes['note']}>{t('agents.none')}</p>}
      <WantedNumbers
        agents={all.filter(({ claim }) => claim !== null)}
        barred={barred}
        busy={settle.busy}
        onSettle={(agent, free) => void settleNumber(agent, free)}
      />
      {all.length > 0 && (
        <>
          <div className={classes['tools']}>
            <TextInput
              size="xs"
              className={classes['search'] ?? ''}
              value={filter}
              onChange={(event) => setFilter(event.currentTarget.value)}
              leftSection={<IconSearch size={14} aria-hidden="true" />}
              placeholder={t('agents.search')}
              aria-label={t('agents.search')}
              maxLength={100}
            />
            <NativeSelect
              size="xs"
              aria-label={t('agents.group')}
              value={group}
              onChange={(event) => setGroup(event.currentTarget.value)}
              data={[{ value: '', label: t('agents.anyGroup') }, ...groups.map(({ id, name }) => ({ value: id, label: name }))]}
            />
            {active.length < all.length && (
              <Checkbox
                size="xs"
                checked={withEnded}
                onChange={(event) => setWithEnded(event.currentTarget.checked)}
                label={t('agents.withEnded', { count: all.length - active.length })}
              />
            )}
            {shown.length < active.length && <span className={classes['count']}>{t('agents.found', { count: shown.length })}</span>}
          </div>
          <AgentTable
            agents={shown}
            nameOf={nameOf}
            barred={barred}
            busy={end.busy || reset.busy || settle.busy}
            onChange={(agent) => setOpen({ kind: 'agent', agent })}
            onReset={(agent) => void newPassword(agent)}
            onEnd={(agent) => void setEnded(agent)}
            onFree={(agent) => void settleNumber(agent, true)}
          />
        </>
      )}
      {open?.kind === 'agent' && (
        <AgentDialog agent={open.agent} onClose={() => setOpen(null)} onAdded={showPasswords} onChanged={readAgain} />
      )}
      {open?.kind === 'import' && <ImportAgents agents={all} onClose={() => setOpen(null)} onAdded={showPasswords} />}
      {open?.kind === 'passwords' && <PasswordsDialog passwords={open.passwords} onClose={() => setOpen(null)} />}
    </Section>
  )
}

/** Where agents sign in. */
function ConsoleAddress() {
  const { t } = useTranslation('agents')
  const address = useRead('team.about', {}).data?.addresses[0]
  return address === undefined ? null : (
    <p className={classes['note']}>
      {t('agents.where')} <b>{consoleAddress(address)}</b>
    </p>
  )
}

const consoleAddress = (address: string) => `${address.replace(/\/+$/, '')}/console`
