import { useRead } from '#client/use-read.ts'
import type { AgentGroupView } from '#contract/agent-group-api.ts'
import type { AgentGroupFields } from '#domain/agents/agent-group.ts'
import { WORDING_CHANNELS } from '#domain/wording/content.ts'
import { WordingLanguage } from '#domain/wording/wording.ts'
import { usePermittedAct } from '#features/permissions'
import { FieldRow } from '#ui/FieldRow.tsx'
import { FieldGrid, FormDialog } from '#ui/FormDialog.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Agents.module.css'

const NEW: AgentGroupFields = { name: '', vendor: null, team: '', skill: '', channel: null, language: null, leads: [] }
const TEXTS = ['name', 'vendor', 'team', 'skill'] as const

/** Creates a group of agents, or changes one. */
export function GroupDialog({ group, onClose }: { group: AgentGroupView | null; onClose: () => void }) {
  const { t } = useTranslation('agents')
  const members = (useRead('workspace.members', {}).data ?? []).filter(({ status }) => status === 'active')
  const [fields, setFields] = useState<AgentGroupFields>(() => (group ? fieldsOf(group) : NEW))
  const create = usePermittedAct('agentGroups.create')
  const change = usePermittedAct('agentGroups.change')
  const command = group ? change : create
  const unnamed = fields.name.trim() === ''
  const set = <Field extends keyof AgentGroupFields>(field: Field, value: AgentGroupFields[Field]) =>
    setFields((now) => ({ ...now, [field]: value }))
  const put = () => (group ? change.act({ groupId: group.id, change: fields }) : create.act({ group: fields }))
  const form = useSubmit({ ...command, act: put }, { input: unnamed ? null : {}, onDone: onClose })
  return (
    <FormDialog
      title={t(group ? 'groups.changeOf' : 'groups.add', { name: group?.name })}
      onClose={onClose}
      form={form}
      act={t(group ? 'groups.save' : 'groups.create')}
    >
      <FieldGrid>
        {TEXTS.map((field) => (
          <FieldRow
            key={field}
            label={t(`groups.${field}`)}
            hint={field === 'vendor' ? t('groups.vendorHint') : undefined}
            required={field === 'name'}
            error={field === 'name' && form.tried && unnamed ? t('groups.noName') : null}
          >
            {({ id, describedBy }) => (
              <TextInput
                id={id}
                aria-describedby={describedBy}
                {...(field === 'name' ? { 'data-autofocus': true } : {})}
                maxLength={field === 'vendor' ? 80 : 60}
                value={fields[field] ?? ''}
                onChange={({ currentTarget: { value } }) => set(field, field === 'vendor' && value.trim() === '' ? null : value)}
              />
            )}
          </FieldRow>
        ))}
        <FieldRow label={t('groups.channel')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={fields.channel ?? ''}
              onChange={(event) => set('channel', WORDING_CHANNELS.find((one) => one === event.currentTarget.value) ?? null)}
              data={[
                { value: '', label: t('groups.any') },
                ...WORDING_CHANNELS.map((one) => ({ value: one, label: t(`wording-editor:channel.${one}`) })),
              ]}
            />
          )}
        </FieldRow>
        <FieldRow label={t('groups.language')}>
          {({ id }) => (
            <NativeSelect
              id={id}
              value={fields.language ?? ''}
              onChange={(event) => set('language', WordingLanguage.options.find((one) => one === event.currentTarget.value) ?? null)}
              data={[
                { value: '', label: t('groups.any') },
                ...WordingLanguage.options.map((one) => ({ value: one, label: t(`wording:language.${one}`) })),
              ]}
            />
          )}
        </FieldRow>
      </FieldGrid>
      <FieldRow group label={t('groups.leads')} hint={t('groups.leadsHint')}>
        {() => (
          <div className={classes['leads']}>
            {members.map(({ id, name }) => (
              <Checkbox
                key={id}
                size="xs"
                label={name}
                checked={fields.leads.some((one) => one === id)}
                onChange={({ currentTarget: { checked } }) => {
                  const others = fields.leads.filter((one) => one !== id)
                  set('leads', (checked ? [...others, id] : others) as AgentGroupFields['leads'])
                }}
              />
            ))}
          </div>
        )}
      </FieldRow>
    </FormDialog>
  )
}

const fieldsOf = ({ name, vendor, team, skill, channel, language, leads }: AgentGroupView): AgentGroupFields => ({
  name,
  vendor,
  team,
  skill,
  channel,
  language,
  leads,
})
