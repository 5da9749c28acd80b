import { PLAN } from '#domain/plans/plan-entity.ts'
import { isDeepStrictEqual } from 'node:util'
import type { PlanState } from '#domain/plans/plan.ts'
import { applyPlan, retirePlan, savePlan } from '#domain/commands/plan-commands.ts'
import { SHIPPED_PLANS } from '#domain/plans/shipped/index.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { PlanView } from '#contract/plan-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { createPlanVersions } from './plan-versions.ts'
import { runCommand } from '../context/run-command.ts'
import { memberNames, type ServiceContext } from '../context/service-context.ts'

export type PlanHandlers = Pick<ApiHandlers, 'plans.list' | 'plans.versions' | 'plans.save' | 'plans.retire' | 'plans.apply'>

/** Plans (预案): shipped, changed by the team, or its own; versioned; applied to incidents as tasks. */
export function planService(context: ServiceContext): PlanHandlers {
  const versions = createPlanVersions(context)
  const saved = context.db.prepare<[], EntityRow>("SELECT * FROM entity WHERE kind = 'plan' ORDER BY row")

  function list(): PlanView[] {
    const names = memberNames(context)
    const own = new Map(
      saved.all().flatMap((row): [string, PlanState][] => {
        const entity = PLAN.as(seenEntity(row))
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

    'plans.save': ({ planId, ...edited }) => {
      const id = planId ?? context.uuid()
      const written = runCommand(context, savePlan, { planId: id, ...edited })
      return written.ok ? view(id) : written
    },

    'plans.retire': (input) => {
      const written = runCommand(context, retirePlan, input)
      return written.ok ? view(input.planId) : written
    },

    'plans.apply': (input) => {
      const written = runCommand(context, applyPlan, input)
      if (!written.ok) return written
      const plan = view(input.planId)
      if (!plan.ok) return plan
      // One of the ops is the system note; the others each add a task.
      const added = Math.max(0, written.value.opIds.length - 1)
      return done({ added, already: plan.value.content.tasks.length - added })
    },
  }
}
