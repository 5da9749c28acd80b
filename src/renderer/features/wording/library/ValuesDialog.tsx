import { useRead } from '#client/use-read.ts'
import { useReadEach } from '#client/use-read-each.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { WordingRow } from '#contract/wording-api.ts'
import type { VariableValues } from '#domain/wording/wording.ts'
import { usePermittedAct } from '#features/permissions'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FormDialog } from '#ui/FormDialog.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { useSubmit } from '#ui/use-submit.ts'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VariableName } from '../text/VariableName.tsx'
import { neededValues, type NeededValue } from './needed-values.ts'
import classes from './ValuesDialog.module.css'

/** Maximum number of texts whose variables are read. */
const MOST_READ = 60

type Props = { incident: IncidentView | undefined; rows: readonly WordingRow[]; onClose: () => void }

/** The values of variables such as `{hotline}`: those of the incident before those of the team; what is missing comes first. */
export function ValuesDialog({ incident, rows, onClose }: Props) {
  const { t } = useTranslation('wording')
  const incidentId = incident?.id ?? null
  const values = useRead('wordings.values', { incidentId })
  const used = rows
    .flatMap(({ kind, live, last }) => {
      const revisionId = live?.revisionId ?? (last?.approval.status === 'approved' ? last.id : null)
      return revisionId === null ? [] : [{ kind, revisionId }]
    })
    .slice(0, MOST_READ)
  const read = useReadEach(
    'wordings.revision',
    used.map(({ revisionId }) => ({ incidentId, revisionId })),
  )
  const texts = used.flatMap(({ kind }, index) => {
    const content = read[index]?.data?.content
    return content ? [{ kind, content }] : []
  })
  if (!values.data || read.some(({ loading }) => loading)) {
    return (
      <Dialog title={t('act.values')} onClose={onClose}>
        {values.failure && <FailureNotice failure={values.failure} onRetry={values.readAgain} />}
      </Dialog>
    )
  }
  const { own, team } = values.data
  return (
    <ValuesForm
      incident={incident}
      needed={neededValues(texts, { ...team, ...own })}
      own={own}
      team={incident ? team : {}}
      onClose={onClose}
    />
  )
}

type FormProps = {
  incident: IncidentView | undefined
  needed: readonly NeededValue[]
  own: VariableValues
  team: VariableValues
  onClose: () => void
}

function ValuesForm({ incident, needed, own, team, onClose }: FormProps) {
  const { t } = useTranslation('wording')
  const offerUndo = useUndoNotice()
  const incidentId = incident?.id ?? null
  // As opened: a value that was set meanwhile elsewhere does not reorder what is being typed in.
  const [lines] = useState(needed)
  const [opened] = useState(own)
  const [typed, setTyped] = useState<VariableValues>(opened)
  const set = usePermittedAct('wordings.setValues', { incident })
  const changed = Object.fromEntries(Object.entries(typed).filter(([name, value]) => value.trim() !== (opened[name] ?? '')))
  const count = Object.keys(changed).length
  const form = useSubmit(set, {
    input: { incidentId, values: changed },
    barred: count === 0 ? t('unchanged') : null,
    onDone: () => {
      onClose()
      const before = Object.fromEntries(Object.keys(changed).map((name) => [name, own[name] ?? '']))
      offerUndo(t('values.saved', { count }), () => set.act({ incidentId, values: before }))
    },
  })
  return (
    <FormDialog title={t('act.values')} size={760} onClose={onClose} form={form} act={t('values.act', { count })}>
      <p className={classes['hint']}>{t(incident ? 'values.hintIncident' : 'values.hintLibrary')}</p>
      <ul className={classes['values']}>
        {lines.map(({ name, usedIn, missing }, index) => (
          <li key={name}>
            <span className={classes['name']}>
              <VariableName name={name} />
              {usedIn.length > 0 && (
                <small data-missing={missing || undefined}>
                  {t(missing ? 'values.missing' : 'values.used', { count: usedIn.length, title: usedIn[0] ?? '' })}
                </small>
              )}
            </span>
            <TextInput
              size="sm"
              {...(index === 0 ? { 'data-autofocus': true } : {})}
              aria-label={`{${name}}`}
              maxLength={120}
              value={typed[name] ?? ''}
              placeholder={team[name] ? t('values.ofTeam', { value: team[name] }) : t('values.none')}
              onChange={(event) => {
                const { value } = event.currentTarget
                setTyped((now) => ({ ...now, [name]: value }))
              }}
            />
          </li>
        ))}
      </ul>
    </FormDialog>
  )
}
