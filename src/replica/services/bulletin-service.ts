import { BULLETIN, BULLETIN_PLAN } from '#domain/bulletins/bulletin-entity.ts'
import { NO_PLAN } from '#domain/bulletins/bulletin-ops.ts'
import type { BulletinItem, BulletinPlanState, BulletinState } from '#domain/bulletins/bulletin.ts'
import { compileBulletin } from '#domain/bulletins/compile-bulletin.ts'
import {
  holdFromBulletin,
  releaseToBulletin,
  reorderBulletin,
  sendBulletinNow,
  setBulletinPlan,
} from '#domain/commands/bulletin-commands.ts'
import type { Command } from '#domain/commands/command.ts'
import { DAY } from '#domain/durations.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { isLive } from '#domain/incidents/incident.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { refusesPush } from '#domain/moments/bulletin-moments.ts'
import { fieldsOf } from '#domain/wording/content.ts'
import { fillIn } from '#domain/wording/values.ts'
import { REVISION, WORDING } from '#domain/wording/wording-entity.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { BulletinPlanView, BulletinRow, BulletinStanding, ItemDifference } from '#contract/bulletin-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { runCommand } from '../context/run-command.ts'
import { actorHere, memberNames, pendingIds, type ServiceContext } from '../context/service-context.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'

type BulletinHandlers = Pick<ApiHandlers, keyof ApiHandlers & `bulletins.${string}`>

/** Bulletins in one page of the list. */
const PAGE = 30

/** Hourly bulletins (C2-12): what the hub has issued, and what it would issue now. */
export function bulletinService(context: ServiceContext): BulletinHandlers {
  const { store, db } = context
  const isPending = pendingIds(context, BULLETIN_PLAN.kind)
  const page = db.prepare<[string, number, number], EntityRow>(
    "SELECT * FROM entity WHERE kind = 'bulletin' AND scope = ? AND sort_at < ? ORDER BY sort_at DESC LIMIT ?",
  )
  const textsOf = db.prepare<[string], { id: string }>("SELECT id FROM entity WHERE kind = 'wording' AND scope = ?")
  const plans = db.prepare<[], EntityRow>("SELECT * FROM entity WHERE kind = 'bulletin-plan'")

  /** Members from outside see what is published only (000-16). */
  const isOutside = () => actorHere(context)?.state.vendor !== null

  const planOf = (incidentId: string): BulletinPlanState => BULLETIN_PLAN.read(store, incidentId)?.state ?? NO_PLAN

  /** What would go out now. The rules are those of the hub, but it judges by what it has. */
  function compiled(incidentId: string, plan: BulletinPlanState) {
    const scope = incidentScope(incidentId)
    const wordings = textsOf.all(scope).map(({ id }) => id)
    const at = context.now()
    return compileBulletin(store, { wordings, scope, plan, at }, refusesPush(store, scope, at))
  }

  function view({ incidentId }: { incidentId: string }): Result<BulletinPlanView> {
    if (!INCIDENT.read(store, incidentId)) return fail('not-found')
    const plan = planOf(incidentId)
    const { on, setBy, cadence, nextDue, request, last, holds } = plan
    const { items, left } = isOutside() ? { items: [], left: [] } : compiled(incidentId, plan)
    const nameOf = memberNames(context)
    return done({
      on,
      byLevel: setBy === null,
      cadence,
      nextDue,
      requestedAt: request?.at ?? null,
      last,
      items,
      left: left.map((one) => {
        const hold = one.why === 'held' ? holds[one.wordingId] : undefined
        return { ...one, hold: hold ? { byName: nameOf(hold.by), at: hold.at } : null }
      }),
      pending: isPending(incidentId),
    })
  }

  function row({ id, state }: Entity<BulletinState>): BulletinRow {
    const { number, slot, issuedAt, mark, items, left, requestedBy } = state
    const requestedByName = requestedBy === null ? null : memberNames(context)(requestedBy)
    return { id, number, slot, issuedAt, mark, items, left: isOutside() ? [] : left, requestedByName }
  }

  const rowsOf = (incidentId: string, before: number | null, limit: number) =>
    page
      .all(incidentScope(incidentId), before ?? Number.MAX_SAFE_INTEGER, limit)
      .flatMap((found) => BULLETIN.as(seenEntity(found)) ?? [])
      .map(row)

  /** The texts of a revision, with the values that it was published with by that time. */
  function textsIn(wordingId: string, revisionId: string | null, by: number): Map<string, string> {
    const revision = revisionId === null ? undefined : REVISION.read(store, revisionId)
    const wording = WORDING.read(store, wordingId)?.state
    const releases = [...(wording?.past ?? []), ...(wording?.live ? [wording.live] : [])]
    const values = releases.findLast((release) => release.revisionId === revisionId && release.at <= by)?.values ?? {}
    return new Map((revision ? fieldsOf(revision.state.content) : []).map(({ at, text }) => [at, fillIn(text, values)]))
  }

  function differenceOf({ wordingId, revisionId, from, change, at: by }: BulletinItem): ItemDifference {
    const before = textsIn(wordingId, change === 'withdrawn' ? revisionId : from, by)
    const after = change === 'withdrawn' ? new Map<string, string>() : textsIn(wordingId, revisionId, by)
    const fields = [...new Set([...after.keys(), ...before.keys()])]
      .map((at) => ({ at, before: before.get(at) ?? '', after: after.get(at) ?? '' }))
      .filter((field) => field.before !== field.after)
    return { wordingId, fields }
  }

  function act<Input extends { incidentId: string }>(command: Command<Input>, input: Input): Result<BulletinPlanView> {
    if (!INCIDENT.read(store, input.incidentId)) return fail('not-found')
    const written = runCommand(context, command, input)
    return written.ok ? view(input) : written
  }

  function standing(): BulletinStanding[] {
    return plans
      .all()
      .flatMap((found) => BULLETIN_PLAN.as(seenEntity(found)) ?? [])
      .flatMap(({ id, state }): BulletinStanding[] => {
        const incident = INCIDENT.read(store, id)?.state
        if (!incident || !isLive(incident)) return []
        const rows = rowsOf(id, null, PAGE)
        const missed = rows.filter(({ mark, issuedAt }) => (mark === 'missed' || mark === 'late') && context.now() - issuedAt < DAY)
        if (state.nextDue === null && missed.length === 0) return []
        const waiting = isOutside() ? 0 : compiled(id, state).items.length
        const named = missed.map((one) => ({ id: one.id, number: one.number, slot: one.slot, mark: one.mark }))
        return [{ incidentId: id, title: incident.title, nextDue: state.nextDue, waiting, last: rows[0] ?? null, missed: named }]
      })
      .toSorted((a, b) => (a.nextDue ?? Infinity) - (b.nextDue ?? Infinity) || (a.incidentId < b.incidentId ? -1 : 1))
  }

  return {
    'bulletins.plan': view,
    'bulletins.list': ({ incidentId, before }) => {
      if (!INCIDENT.read(store, incidentId)) return fail('not-found')
      const rows = rowsOf(incidentId, before, PAGE + 1)
      return done({ bulletins: rows.slice(0, PAGE), more: rows.length > PAGE })
    },
    'bulletins.get': ({ incidentId, bulletinId }) => {
      const bulletin = BULLETIN.read(store, bulletinId)
      if (bulletin?.scope !== incidentScope(incidentId)) return fail('not-found')
      return done({ ...row(bulletin), differences: bulletin.state.items.map(differenceOf) })
    },
    'bulletins.standing': () => done(standing()),
    'bulletins.setPlan': (input) => act(setBulletinPlan, input),
    'bulletins.hold': (input) => act(holdFromBulletin, input),
    'bulletins.release': (input) => act(releaseToBulletin, input),
    'bulletins.reorder': (input) => act(reorderBulletin, input),
    'bulletins.sendNow': (input) => act(sendBulletinNow, input),
  }
}
