import { useAct } from '#client/use-act.ts'
import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { PersonView } from '#contract/people-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { FieldRow } from '#ui/FieldRow.tsx'
import { GrowingText } from '#ui/GrowingText.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { Button, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './PeoplePanel.module.css'
import type { Position } from './position.ts'

type Props = {
  incidentId: string
  position: Position
  placeName: string
  /** The initial duty of a new person. */
  duty: string
  /** Null: a new person. */
  person: PersonView | null
  onDone: () => void
  barred: string | null
}

/** The form for the name, backup and duty of the person in a position. */
export function PersonForm({ incidentId, position, placeName, duty, person, onDone, barred }: Props) {
  const { t } = useTranslation('people')
  const assign = useAct('people.assign')
  const remove = useAct('people.remove')
  const offerUndo = useUndoNotice()
  const members = useRead('workspace.members', {}).data ?? []
  const known = useId()
  const [name, setName] = useState(person?.name ?? '')
  const [backup, setBackup] = useState(person?.backup ?? '')
  const [task, setTask] = useState(person?.duty ?? duty)
  const [seen] = useState({ name: '', backup: '', duty: '', ...person?.editions })
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const missing = tried && name.trim() === ''
  const before = person && {
    incidentId,
    personId: person.id,
    layer: person.layer,
    department: person.department,
    name: person.name,
    backup: person.backup,
    duty: person.duty,
  }

  const save = async () => {
    setTried(true)
    if (name.trim() === '' || assign.busy || barred !== null) return
    const result = await assign.act({
      incidentId,
      ...(person ? { personId: person.id } : {}),
      ...position,
      name,
      backup,
      duty: task,
      ...(person ? { seen } : {}),
    })
    if (!result.ok) return setFailure(result.failure)
    onDone()
    const assigned = result.value
    offerUndo(t('assigned', { name: assigned.name, place: placeName }), () =>
      before ? assign.act(before) : remove.act({ incidentId, personId: assigned.id }),
    )
  }

  const takeOut = async () => {
    if (!before) return
    const result = await remove.act({ incidentId, personId: before.personId })
    if (!result.ok) return setFailure(result.failure)
    onDone()
    offerUndo(t('removed', { name: before.name, place: placeName }), () => assign.act(before))
  }

  return (
    <form
      className={classes['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onDone()
      }}
    >
      <FieldRow label={t('name')} required error={missing ? t('nameMissing') : null}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            aria-required
            autoFocus
            size="xs"
            maxLength={40}
            list={known}
            error={missing}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
      </FieldRow>
      <FieldRow label={t('backup')} hint={t('backupHint')}>
        {({ id, describedBy }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            size="xs"
            maxLength={40}
            list={known}
            value={backup}
            onChange={(event) => setBackup(event.currentTarget.value)}
          />
        )}
      </FieldRow>
      <FieldRow label={t('duty')}>
        {({ id }) => (
          <GrowingText
            id={id}
            size="xs"
            minRows={1}
            maxRows={4}
            maxLength={300}
            value={task}
            onChange={(event) => setTask(event.currentTarget.value)}
          />
        )}
      </FieldRow>
      <datalist id={known}>
        {members.map((member) => (
          <option key={member.id} value={member.name}>
            {t(`terms:role.${member.role}`)}
          </option>
        ))}
      </datalist>
      {failure && <FailureNotice failure={failure} />}
      <div className={classes['acts']}>
        <ActButton submit size="compact-sm" busy={assign.busy} barred={barred}>
          {name.trim() === '' ? t('assign') : t('act', { name: name.trim(), place: placeName })}
        </ActButton>
        <Button variant="default" size="compact-sm" onClick={onDone}>
          {t('cancel')}
        </Button>
        {person && (
          <ActButton quiet size="compact-sm" busy={remove.busy} barred={barred} onAct={() => void takeOut()}>
            {t('remove', { place: placeName })}
          </ActButton>
        )}
      </div>
    </form>
  )
}
