import { useRead } from '#client/use-read.ts'
import type { PersonView } from '#contract/people-api.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { DEPARTMENTS } from '#domain/people/assignment.ts'
import { useCommandDialog } from '#features/command'
import { usePermit } from '#features/permissions'
import { ActButton } from '#ui/ActButton.tsx'
import { useCommands } from '#ui/commands/CommandProvider.tsx'
import { FailureNotice } from '#ui/FailureNotice.tsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AuthorityPart } from './AuthorityPart.tsx'
import classes from './PeoplePanel.module.css'
import { PersonForm } from './PersonForm.tsx'
import { PersonRow } from './PersonRow.tsx'
import type { Position } from './position.ts'

const POSITIONS: readonly Position[] = [
  { layer: 'decision', department: null },
  { layer: 'coordination', department: null },
  ...DEPARTMENTS.map((department): Position => ({ layer: 'execution', department })),
]

const keyOf = ({ layer, department }: Position) => `${layer} ${department ?? ''}`

/** The roster of this incident: the commander, the three layers, the six departments (OR-01, OR-06…OR-08). */
export function PeoplePanel({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation('people')
  const openDialog = useCommandDialog()
  const handOverBarred = usePermit('incident.hand-over', { incident })
  const { data, failure, readAgain } = useRead('people.list', { incidentId: incident.id })
  const [editing, setEditing] = useState<string | null>(null)
  const people = data ?? []
  const barred = usePermit('people.assign', { incident })
  const at = (position: Position) => people.filter((person) => keyOf(person) === keyOf(position))
  const firstEmpty = POSITIONS.find((position) => at(position).length === 0) ?? POSITIONS[0]
  useCommands([
    {
      id: 'people.assign',
      section: t('title'),
      label: t('assign'),
      keywords: 'assign people 指派 人员',
      shortcut: 'Shift+A',
      disabled: barred !== null,
      run: () => setEditing(firstEmpty ? keyOf(firstEmpty) : null),
    },
  ])

  const part = (position: Position, heading: string, duty: string) => (
    <PositionPart
      key={keyOf(position)}
      incidentId={incident.id}
      position={position}
      heading={heading}
      duty={duty}
      people={at(position)}
      editing={editing}
      onEdit={setEditing}
      barred={barred}
    />
  )
  return (
    <div className={classes['panel']}>
      {failure && <FailureNotice failure={failure} onRetry={readAgain} />}
      <section className={classes['commander']}>
        <div>
          <h2>{t('commander')}</h2>
          <p>{incident.commanderName}</p>
        </div>
        <ActButton quiet size="compact-sm" barred={handOverBarred} onAct={() => openDialog('hand-over')}>
          {t('handOver')}
        </ActButton>
      </section>
      <AuthorityPart incident={incident} />
      {data && people.length === 0 && <p className={classes['teach']}>{t('teach')}</p>}
      {part({ layer: 'decision', department: null }, t('layer.decision'), t('layerDuty.decision'))}
      {part({ layer: 'coordination', department: null }, t('layer.coordination'), t('layerDuty.coordination'))}
      <section className={classes['layer']}>
        <h2>{t('layer.execution')}</h2>
        <p className={classes['duty']}>{t('layerDuty.execution')}</p>
        {DEPARTMENTS.map((department) =>
          part({ layer: 'execution', department }, t(`terms:role.${department}`), t(`terms:roleDuty.${department}`)),
        )}
      </section>
      <p className={classes['duty']}>
        <Link to={`/incidents/${incident.id}/reveals`}>{t('personal:open')}</Link>
      </p>
    </div>
  )
}

type PartProps = {
  incidentId: string
  position: Position
  heading: string
  /** The duty of this position; also the initial duty of a new person. */
  duty: string
  people: readonly PersonView[]
  /** The id of the person, or the key of the position, whose form is open. */
  editing: string | null
  onEdit: (id: string | null) => void
  barred: string | null
}

function PositionPart({ incidentId, position, heading, duty, people, editing, onEdit, barred }: PartProps) {
  const { t } = useTranslation('people')
  const key = keyOf(position)
  const close = () => onEdit(null)
  const Heading = position.department === null ? 'h2' : 'h3'
  return (
    <section className={classes[position.department === null ? 'layer' : 'department']}>
      <div className={classes['head']}>
        <Heading title={duty}>{heading}</Heading>
        {people.length === 0 && <span className={classes['vacant']}>{t('vacant')}</span>}
        <ActButton quiet size="compact-xs" barred={barred} onAct={() => onEdit(key)}>
          <span aria-hidden="true">{t('assignTo')}</span>
          <span className="visually-hidden">{t('assignLong', { place: heading })}</span>
        </ActButton>
      </div>
      {position.department === null && <p className={classes['duty']}>{duty}</p>}
      {people.map((person) =>
        editing === person.id ? (
          <PersonForm
            key={person.id}
            incidentId={incidentId}
            position={position}
            placeName={heading}
            duty={duty}
            person={person}
            onDone={close}
            barred={barred}
          />
        ) : (
          <PersonRow key={person.id} person={person} onEdit={() => onEdit(person.id)} />
        ),
      )}
      {editing === key && (
        <PersonForm
          incidentId={incidentId}
          position={position}
          placeName={heading}
          duty={duty}
          person={null}
          onDone={close}
          barred={barred}
        />
      )}
    </section>
  )
}
