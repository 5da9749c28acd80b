import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { LAYERS, type AssignmentState } from '#domain/people/assignment.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { PersonView } from '#contract/people-api.ts'
import { done, fail } from '#contract/failures.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import type { Draft } from '../store/replica-store.ts'
import { autoFollowDrafts } from './following.ts'
import { editionsOf } from '#domain/texts/free-texts.ts'
import { memberNamed } from './named-member.ts'
import { pendingIds, write, type ServiceContext } from '../context/service-context.ts'
import { refuseUnseen } from './text-service.ts'

export type PeopleHandlers = Pick<ApiHandlers, 'people.list' | 'people.assign' | 'people.remove'>

/** Who stands where in an incident, by layer and department (OR-01, OR-06…OR-08). */
export function peopleService(context: ServiceContext): PeopleHandlers {
  const all = context.db.prepare<[string], EntityRow>("SELECT * FROM entity WHERE kind = 'assignment' AND scope = ? ORDER BY row")
  const isPending = pendingIds(context, 'assignment')

  const list = (incidentId: string): PersonView[] =>
    all
      .all(incidentScope(incidentId))
      .flatMap((row) => {
        const entity = seenEntity(row) as Entity<AssignmentState> | undefined
        return entity && !entity.state.removed
          ? [{ ...entity.state, id: entity.id, editions: editionsOf(entity), pending: isPending(entity.id) }]
          : []
      })
      .toSorted((a, b) => LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer))

  return {
    'people.list': ({ incidentId }) => done(list(incidentId)),
    'people.assign': ({ incidentId, personId, seen, ...body }) => {
      const id = personId ?? context.uuid()
      const overtaken = refuseUnseen(context.store.read('assignment', id), seen, body)
      if (overtaken) return overtaken
      const [memberId, backupId] = [memberNamed(context, body.name), memberNamed(context, body.backup)]
      const members = { ...(memberId === null ? {} : { memberId }), ...(backupId === null ? {} : { backupId }) }
      const set: Draft = { scope: incidentScope(incidentId), kind: 'assignment', id, type: 'assignment.set', body: { ...body, ...members } }
      const written = write(context, [set, ...autoFollowDrafts(context, incidentId, [memberId, backupId], 'named')])
      if (!written.ok) return written
      const person = list(incidentId).find((one) => one.id === id)
      return person ? done(person) : fail('not-found')
    },
    'people.remove': ({ incidentId, personId }) => {
      const written = write(context, [
        { scope: incidentScope(incidentId), kind: 'assignment', id: personId, type: 'assignment.remove', body: {} },
      ])
      return written.ok ? done(null) : written
    },
  }
}
