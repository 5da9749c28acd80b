import { useAct } from '#client/use-act.ts'
import type { Failure } from '#contract/failures.ts'
import type { PersonView } from '#contract/people-api.ts'
import { ActButton } from '#ui/ActButton.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useUndoNotice } from '#ui/undo/use-undo-notice.tsx'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './PeoplePanel.module.css'
import { PersonFields, type PersonTexts } from './PersonFields.tsx'
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
  const [fields, setFields] = useState<PersonTexts>({ name: '', backup: '', duty, ...(person && textsOf(person)) })
  const { name } = fields
  const [seen] = useState({ name: '', backup: '', duty: '', ...person?.editions })
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const missing = tried && name.trim() === ''
  const before = person && {
    incidentId,
    personId: person.id,
    layer: person.layer,
    department: person.department,
    ...textsOf(person),
  }

  const save = async () => {
    setTried(true)
    if (name.trim() === '' || assign.busy || barred !== null) return
    const result = await assign.act({
      incidentId,
      ...(person ? { personId: person.id } : {}),
      ...position,
      ...fields,
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
      <PersonFields fields={fields} onChange={(change) => setFields((now) => ({ ...now, ...change }))} missing={missing} />
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

function textsOf({ name, backup, duty }: PersonView): PersonTexts {
  return { name, backup, duty }
}
