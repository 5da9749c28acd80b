import { parseOp } from '#domain/log/op.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import { PlanSave } from '#domain/plans/plan-ops.ts'
import { SHIPPED_PLANS } from '#domain/plans/shipped/index.ts'
import type { PlanVersion } from '#contract/plan-api.ts'
import { memberNames, type ServiceContext } from '../context/service-context.ts'

type Saved = { bytes: string; at: number; actor: string; pending: boolean }

/** Reads every version of a plan from the log: the shipped one, accepted ones, then those in the outbox. Oldest first. */
export function createPlanVersions(context: ServiceContext): (planId: string) => PlanVersion[] {
  // The text is searched before it is parsed: the team's log contains more than plans.
  const accepted = context.db.prepare<[string, string], { bytes: string; hub_time: number; actor: string }>(
    `SELECT bytes, hub_time, actor FROM record WHERE scope = ? AND instr(bytes, '"plan.save"') > 0 AND instr(bytes, ?) > 0 AND json_extract(outcome, '$.kind') = 'accepted' ORDER BY seq`,
  )
  const waiting = context.db.prepare<[string], { bytes: string; made_at: number }>(
    "SELECT bytes, made_at FROM outbox WHERE kind = 'plan' AND entity_id = ? ORDER BY place",
  )

  return (planId) => {
    const names = memberNames(context)
    const me = context.store.meta.read('memberId') ?? ''
    const saved: Saved[] = [
      ...accepted
        .all(TEAM_SCOPE, JSON.stringify(planId))
        .map((row): Saved => ({ bytes: row.bytes, at: row.hub_time, actor: row.actor, pending: false })),
      ...waiting.all(planId).map((row): Saved => ({ bytes: row.bytes, at: row.made_at, actor: me, pending: true })),
    ]
    const versions = saved.flatMap(({ bytes, at, actor, pending }): PlanVersion[] => {
      const parsed = parseOp(bytes)
      if (!parsed.ok || parsed.op.type !== 'plan.save' || parsed.op.entity.id !== planId) return []
      const body = PlanSave.safeParse(parsed.op.body)
      if (!body.success) return []
      const { version, content, note } = body.data
      return [{ version: version + 1, content, savedAt: at, savedByName: names(actor), note, pending }]
    })
    const shipped = SHIPPED_PLANS.find((one) => one.id === planId)
    const first = versions[0]?.version ?? Number.POSITIVE_INFINITY
    return shipped && first > 1
      ? [{ version: 1, content: shipped.content, savedAt: null, savedByName: null, note: '', pending: false }, ...versions]
      : versions
  }
}
