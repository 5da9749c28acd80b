import { ENTRY } from '#domain/timeline/entry-entity.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import type { Command } from '#domain/commands/command.ts'
import { clockStatus, isClockOpen } from '#domain/incidents/clocks.ts'
import { changeLevel, handOver, markSign, setStatus } from '#domain/commands/command-commands.ts'
import { endOfClocks, isLive, realFirst } from '#domain/incidents/incident.ts'
import type { Entity } from '#domain/log/entity.ts'
import type { MemberState } from '#domain/members/member.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { WaitingItem } from '#contract/command-api.ts'
import { done, fail } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { HOUR } from '#domain/durations.ts'
import { seenEntity } from '../store/entity-table.ts'
import type { IncidentHandlers } from './incident-service.ts'
import { createCurrentRisk } from './current-risk.ts'
import type { IncidentCache } from './incident-cache.ts'
import type { PromiseViews } from './promise-service.ts'
import type { RiskReader } from './risk-reader.ts'
import { runCommand } from '../context/run-command.ts'
import type { ServiceContext } from '../context/service-context.ts'
import { ownerKeys } from '../store/lists.ts'
import type { TaskViews } from './task-views.ts'
import type { TimelineList } from './timeline-list.ts'

export type CommandHandlers = Pick<
  ApiHandlers,
  | 'incidents.changeLevel'
  | 'incidents.handOver'
  | 'incidents.setStatus'
  | 'incidents.markSign'
  | 'incidents.openPoints'
  | 'incidents.waiting'
  | 'incidents.risks'
>

/** An open task due within this time counts as waiting. Milliseconds. */
const SOON_MS = HOUR
const SHOWN_DECISIONS = 20
const SHOWN_STATEMENTS = 5

/** When a waiting item becomes due; a suggestion never does. */
function dueOf(item: WaitingItem): number {
  if (item.kind === 'clock') return item.clock.dueAt
  if (item.kind === 'promise') return item.promise.dueAt
  return item.kind === 'task' ? (item.task.dueAt ?? Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER
}

/** Commands of the commander: level, handover, status, escalation indicators; and what is open or waiting. */
export function commandService(
  context: ServiceContext,
  incidents: IncidentHandlers,
  tasks: TaskViews,
  promises: PromiseViews,
  risk: RiskReader,
  list: TimelineList,
  kept: IncidentCache,
): CommandHandlers {
  const { store } = context
  const find = (id: string) => INCIDENT.read(store, id)
  const view = (incidentId: string) => incidents['incidents.get']({ incidentId })
  const openPromises = kept.keep({ own: ['promise', 'wording'], anywhere: ['member'] }, (incidentId) => promises.open(incidentId))
  // Most incidents have no task that is due soon: their tasks are not looked at again.
  const firstDue = kept.keep({ own: ['task'] }, (incidentId) => tasks.firstDue(incidentId, null) ?? Number.POSITIVE_INFINITY)
  const riskNow = createCurrentRisk(risk, kept)

  /** Runs a command of the commander and returns the incident after it. */
  function act<Input extends { incidentId: string }>(command: Command<Input>, input: Input) {
    const written = runCommand(context, command, input)
    return written.ok ? view(input.incidentId) : written
  }

  return {
    'incidents.changeLevel': (input) => act(changeLevel, input),
    'incidents.handOver': (input) => act(handOver, input),
    'incidents.setStatus': (input) => act(setStatus, input),
    'incidents.markSign': (input) => act(markSign, input),

    'incidents.openPoints': ({ incidentId }) => {
      const incident = find(incidentId)
      if (!incident) return fail('not-found')
      const clocks = incident.state.clocks.filter(isClockOpen)
      return done({
        clocks,
        tasks: tasks.open(incidentId),
        decisions: newest(incidentId, 'decision', SHOWN_DECISIONS),
        statements: newest(incidentId, 'statement', SHOWN_STATEMENTS),
      })
    },

    'incidents.waiting': async ({ limit }) => {
      const all = await incidents['incidents.list']({})
      if (!all.ok) return all
      const now = context.now()
      const memberId = store.meta.read('memberId')
      const me = memberId === null ? undefined : MEMBER.read(store, memberId)
      const running = me ? all.value.filter(isLive).map((incident) => waitingIn(incident, now, me, limit)) : []
      const promised = me ? all.value.flatMap((incident) => promisesIn(incident, me)) : []
      const items = [...running.flatMap((one) => one.items), ...promised].toSorted((a, b) => realFirst(a, b) || dueOf(a) - dueOf(b))
      return done({ items: items.slice(0, limit), total: running.reduce((sum, one) => sum + one.total, promised.length) })
    },

    'incidents.risks': async () => {
      const all = await incidents['incidents.list']({})
      if (!all.ok) return all
      const now = context.now()
      return done(
        all.value.filter(isLive).flatMap((incident) => {
          const found = riskNow(incident, now)
          return found
            ? [
                {
                  incidentId: incident.id,
                  composite: found.composite,
                  suggestedLevel: found.suggestedLevel,
                  offeredLevel: found.offeredLevel,
                  evidence: found.evidence,
                },
              ]
            : []
        }),
      )
    },
  }

  function newest(incidentId: string, kind: EntryState['kind'], count: number) {
    return list
      .last(incidentId, { kinds: [kind], order: 'happened' }, count)
      .flatMap((row) => {
        const entry = ENTRY.as(seenEntity(row))
        return entry ? [{ id: entry.id, text: entry.state.text, happenedAt: entry.state.happenedAt }] : []
      })
      .toReversed()
  }

  /** A promise stands also when its incident is closed; one that nobody sees to waits for the commander. */
  function promisesIn(incident: IncidentView, me: Entity<MemberState>): WaitingItem[] {
    if (incident.mode === 'historical') return []
    const of = { incidentId: incident.id, incidentTitle: incident.title, mode: incident.mode }
    const seesTo = (ownerId: string | null) => (ownerId ?? (incident.commanderPerson === null ? incident.commander : null)) === me.id
    return openPromises(incident.id)
      .filter(({ ownerId }) => seesTo(ownerId))
      .map((promise): WaitingItem => ({ kind: 'promise', ...of, promise }))
  }

  /** What waits for a member in an incident: all but the tasks beyond the first `limit`, and the number of all. */
  function waitingIn(incident: IncidentView, now: number, me: Entity<MemberState>, limit: number): { items: WaitingItem[]; total: number } {
    const of = { incidentId: incident.id, incidentTitle: incident.title, mode: incident.mode }
    const items: WaitingItem[] = []
    const commanding = incident.commander === me.id && incident.commanderPerson === null
    if (commanding) {
      for (const clock of incident.clocks) {
        const standing = clockStatus(clock, now, endOfClocks(incident))
        if (standing.kind === 'overdue' || (standing.kind === 'running' && standing.leftMs < SOON_MS))
          items.push({ kind: 'clock', ...of, clock })
      }
      const found = riskNow(incident, now)
      if (found && found.offeredLevel !== null && !found.judged) {
        items.push({ kind: 'risk', ...of, composite: found.composite, suggestedLevel: found.offeredLevel })
      }
    }
    const soon = now + SOON_MS
    if (firstDue(incident.id) >= soon) return { items, total: items.length }
    const due = tasks.due(incident.id, commanding ? null : ownerKeys({ ...me.state, id: me.id }), soon, limit)
    return { items: [...items, ...due.tasks.map((task): WaitingItem => ({ kind: 'task', ...of, task }))], total: items.length + due.total }
  }
}
