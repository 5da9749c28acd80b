import { useAct } from '#client/use-act.ts'
import type { AgentPassword, AgentRow } from '#contract/agents-api.ts'
import { AgentName, AgentNumber } from '#contract/agents-api.ts'
import { done } from '#contract/failures.ts'
import { usePermit } from '#features/permissions'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FieldGrid, FormDialog } from '#ui/FormDialog.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGroups } from '../use-groups.ts'
import classes from './Agents.module.css'

type Props = {
  /** Null: a new one. */
  agent: AgentRow | null
  onClose: () => void
  onAdded: (passwords: readonly AgentPassword[]) => void
  onChanged: () => void
}

/** Adds an agent, who then gets a first password, or changes name, vendor and groups of one. */
export function AgentDialog({ agent, onClose, onAdded, onChanged }: Props) {
  const { t } = useTranslation('agents')
  const { groups } = useGroups()
  const barred = usePermit('agents.manage')
  const add = useAct('agents.add')
  const change = useAct('agents.change')
  const [number, setNumber] = useState(agent?.number ?? '')
  const [name, setName] = useState(agent?.name ?? '')
  const [vendor, setVendor] = useState(agent?.vendor ?? '')
  const [chosen, setChosen] = useState<AgentRow['groups']>(agent?.groups ?? [])
  const [taken, setTaken] = useState('')
  const noNumber = !AgentNumber.safeParse(number).success
  const noName = !AgentName.safeParse(name).success
  const put = async () => {
    const fields = { name, vendor: vendor.trim() === '' ? null : vendor, groups: chosen }
    if (agent) {
      const changed = await change.act({ id: agent.id, ...fields })
      return changed.ok ? done(null) : changed
    }
    const added = await add.act({ agents: [{ number, ...fields }] })
    if (added.ok && added.value.refused.length > 0) setTaken(number)
    return added
  }
  const form = useSubmit(
    { act: put, busy: add.busy || change.busy, failure: add.failure ?? change.failure, barred },
    {
      input: noNumber || noName ? null : {},
      onDone: (added) => {
        if (added === null) {
          onChanged()
          onClose()
        } else if (added.added.length > 0) onAdded(added.added)
      },
    },
  )
  const numberFault = form.tried && noNumber ? t('line.number-missing') : taken !== '' && taken === number ? t('line.number-taken') : null
  return (
    <FormDialog
      title={agent ? t('agents.changeOf', { name: agent.name, number: agent.number }) : t('agents.add')}
      onClose={onClose}
      form={form}
      act={t(agent ? 'groups.save' : 'agents.addAct')}
    >
      <FieldGrid>
        {!agent && (
          <FieldRow label={t('agents.number')} hint={t('agents.numberHint')} required error={numberFault}>
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                data-autofocus
                aria-describedby={describedBy}
                maxLength={60}
                value={number}
                onChange={(event) => setNumber(event.currentTarget.value)}
              />
            )}
          </FieldRow>
        )}
        <FieldRow label={t('agents.name')} required error={form.tried && noName ? t('line.name-missing') : null}>
          {({ id }) => <TextInput id={id} maxLength={40} value={name} onChange={(event) => setName(event.currentTarget.value)} />}
        </FieldRow>
        <FieldRow label={t('agents.vendor')} hint={t('groups.vendorHint')}>
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              maxLength={80}
              value={vendor}
              onChange={(event) => setVendor(event.currentTarget.value)}
            />
          )}
        </FieldRow>
      </FieldGrid>
      {groups.length > 0 && (
        <FieldRow group label={t('agents.groups')}>
          {() => (
            <div className={classes['leads']}>
              {groups.map(({ id, name: label }) => (
                <Checkbox
                  key={id}
                  size="xs"
                  label={label}
                  checked={chosen.includes(id)}
                  onChange={({ currentTarget: { checked } }) =>
                    setChosen((now) => (checked ? [...now, id] : now.filter((one) => one !== id)))
                  }
                />
              ))}
            </div>
          )}
        </FieldRow>
      )}
    </FormDialog>
  )
}
