import { ASSIGNMENT } from '#domain/people/assignment-entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { LAYERS } from '#domain/people/assignment.ts'
import { assignPerson, removePerson } from '#domain/commands/people-commands.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { PersonView } from '#contract/people-api.ts'
import { done, fail } from '#contract/failures.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { editionsOf } from '#domain/texts/free-texts.ts'
import { runCommand } from '../context/run-command.ts'
import { pendingIds, type ServiceContext } from '../context/service-context.ts'

export type PeopleHandlers = Pick<ApiHandlers, 'people.list' | 'people.assign' | 'people.remove'>

/** The roster of an incident, by layer and department (OR-01, OR-06…OR-08). */
export function peopleService(context: ServiceContext): PeopleHandlers {
  const all = context.db.prepare<[string], EntityRow>("SELECT * FROM entity WHERE kind = 'assignment' AND scope = ? ORDER BY row")
  const isPending = pendingIds(context, ASSIGNMENT.kind)

  const list = (incidentId: string): PersonView[] =>
    all
      .all(incidentScope(incidentId))
      .flatMap((row) => {
        const entity = ASSIGNMENT.as(seenEntity(row))
        return entity && !entity.state.removed
          ? [{ ...entity.state, id: entity.id, editions: editionsOf(entity), pending: isPending(entity.id) }]
          : []
      })
      .toSorted((a, b) => LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer))

  return {
    'people.list': ({ incidentId }) => done(list(incidentId)),
    'people.assign': ({ incidentId, personId, seen, ...person }) => {
      const id = personId ?? context.uuid()
      const written = runCommand(context, assignPerson, { incidentId, personId: id, person, seen })
      if (!written.ok) return written
      const assigned = list(incidentId).find((one) => one.id === id)
      return assigned ? done(assigned) : fail('not-found')
    },
    'people.remove': (input) => {
      const written = runCommand(context, removePerson, input)
      return written.ok ? done(null) : written
    },
  }
}
