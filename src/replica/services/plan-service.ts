import { isDeepStrictEqual } from 'node:util'
import type { IncidentState } from '#domain/incidents/incident.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { planWords, type PlanState } from '#domain/plans/plan.ts'
import { tasksOfPlan } from '#domain/plans/plan-tasks.ts'
import { SHIPPED_PLANS } from '#domain/plans/shipped/index.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { PlanView } from '#contract/plan-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { memberNamed } from './named-member.ts'
import type { PeopleHandlers } from './people-service.ts'
import { createPlanVersions } from './plan-versions.ts'
import { memberNames, write, type ServiceContext } from '../context/service-context.ts'
import { systemNote } from '../context/system-notes.ts'
import type { TaskViews } from './task-service.ts'

export type PlanHandlers = Pick<ApiHandlers, 'plans.list' | 'plans.versions' | 'plans.save' | 'plans.retire' | 'plans.apply'>

/** Plans (预案): shipped ones, changed by the team, or its own; versioned; applied to incidents as tasks. */
export function planService(context: ServiceContext, tasks: TaskViews, people: PeopleHandlers): PlanHandlers {
  const versions = createPlanVersions(context)
  const saved = context.db.prepare<[], EntityRow>("SELECT * FROM entity WHERE kind = 'plan' ORDER BY row")

  function list(): PlanView[] {
    const names = memberNames(context)
    const own = new Map(
      saved.all().flatMap((row): [string, PlanState][] => {
        const entity = seenEntity(row) as Entity<PlanState> | undefined
        return entity ? [[entity.id, entity.state]] : []
      }),
    )
    const shipped = SHIPPED_PLANS.map(({ id, content }): PlanView => {
      const state = own.get(id)
      own.delete(id)
      if (state) return fromState(id, state, isDeepStrictEqual(state.content, content) ? 'shipped' : 'changed')
      return { id, content, version: 1, origin: 'shipped', savedAt: null, savedByName: null, note: '', retired: false }
    })
    return [...shipped, ...[...own].map(([id, state]) => fromState(id, state, 'own'))]

    function fromState(id: string, { content, version, savedAt, savedBy, note, retired }: PlanState, origin: PlanView['origin']): PlanView {
      return { id, content, version, origin, savedAt, savedByName: names(savedBy), note, retired }
    }
  }

  const view = (planId: string): Result<PlanView> => {
    const plan = list().find((one) => one.id === planId)
    return plan ? done(plan) : fail('not-found')
  }

  return {
    'plans.list': () => done(list()),

    'plans.versions': ({ planId }) => done(versions(planId)),

    'plans.save': ({ planId, version, content, note }) => {
      const id = planId ?? context.uuid()
      const written = write(context, [{ scope: TEAM_SCOPE, kind: 'plan', id, type: 'plan.save', body: { version, content, note } }])
      return written.ok ? view(id) : written
    },

    'plans.retire': ({ planId, retired }) => {
      const plan = view(planId)
      if (!plan.ok) return plan
      const { version, content } = plan.value
      const written = write(context, [
        // A shipped plan becomes the team's own thing before the team can put it away.
        ...(context.store.read('plan', planId) === undefined
          ? [{ scope: TEAM_SCOPE, kind: 'plan', id: planId, type: 'plan.save', body: { version, content, note: '' } }]
          : []),
        { scope: TEAM_SCOPE, kind: 'plan', id: planId, type: 'plan.retire', body: { retired } },
      ])
      return written.ok ? view(planId) : written
    },

    'plans.apply': async ({ incidentId, planId, language }) => {
      const incident = context.store.read('incident', incidentId) as Entity<IncidentState> | undefined
      if (!incident) return fail('not-found')
      const plan = view(planId)
      if (!plan.ok) return plan
      const roster = await people['people.list']({ incidentId })
      const owner = (department: string | null) =>
        roster.ok ? (roster.value.find((person) => person.layer === 'execution' && person.department === department)?.name ?? '') : ''
      const present = tasks.list(incidentId)
      const before = new Map(present.flatMap((task) => (task.plan?.id === planId ? [[task.plan.key, task.id] as const] : [])))
      const offset = present.reduce((next, task) => Math.max(next, task.order + 1), 0)
      const planned = tasksOfPlan(plan.value.content, incident.state, language, context.uuid, owner)
      const renamed = new Map(planned.map((task) => [task.id, before.get(task.key) ?? task.id]))
      const fresh = planned.filter((task) => !before.has(task.key))
      if (fresh.length === 0) return done({ added: 0, already: planned.length })
      const ownerOf = (name: string) => {
        const ownerId = memberNamed(context, name)
        return ownerId === null ? {} : { ownerId }
      }
      const drafts = fresh.map(({ id, key, order, content }) => ({
        scope: incidentScope(incidentId),
        kind: 'task',
        id,
        type: 'task.create',
        body: {
          ...content,
          ...ownerOf(content.owner),
          blockedBy: content.blockedBy.map((blocker) => renamed.get(blocker) ?? blocker),
          order: offset + order,
          plan: { id: planId, version: plan.value.version, key },
        },
      }))
      const title = planWords(plan.value.content.title, language)
      const note = systemNote(
        incidentId,
        context.uuid(),
        context.now(),
        'plan-applied',
        { plan: title, version: plan.value.version, count: fresh.length },
        [0],
      )
      const written = write(context, [...drafts, note])
      return written.ok ? done({ added: fresh.length, already: planned.length - fresh.length }) : written
    },
  }
}
