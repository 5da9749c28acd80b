import { clockStanding, isClockOpen } from '#domain/incidents/clocks.ts'
import { endOfClocks, isLive, realFirst, type IncidentState } from '#domain/incidents/incident.ts'
import { incidentType } from '#domain/incidents/incident-types.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { MemberState } from '#domain/members/member.ts'
import { gradeEvidence, offeredLevel } from '#domain/risk/evidence.ts'
import { assessRisk } from '#domain/risk/risk.ts'
import type { EntryState } from '#domain/timeline/entry.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { WaitingItem } from '#contract/command-api.ts'
import { done, fail } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { figureTimes } from '#contract/risk-api.ts'
import { seenEntity } from '../store/entity-table.ts'
import type { Draft } from '../store/replica-store.ts'
import type { IncidentHandlers } from './incident-service.ts'
import type { IncidentCache } from './incident-cache.ts'
import type { RiskReader } from './risk-reader.ts'
import { memberNames, write, type ServiceContext } from '../context/service-context.ts'
import { systemNote } from '../context/system-notes.ts'
import type { TaskViews } from './task-service.ts'
import { clockRulesFor } from './team-rules.ts'
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

/** A task whose time comes within this is something that waits. Milliseconds. */
const SOON_MS = 60 * 60_000
const SHOWN_DECISIONS = 20
const SHOWN_STATEMENTS = 5

/** When something that waits runs out; a suggestion never does. */
function dueOf(item: WaitingItem): number {
  if (item.kind === 'clock') return item.clock.dueAt
  return item.kind === 'task' ? (item.task.dueAt ?? Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER
}

/** The ops that change an incident's level: with the clocks that a higher level adds, and the note of it. */
export function levelDrafts(context: ServiceContext, incident: Entity<IncidentState>, to: IncidentState['level'], reason: string): Draft[] {
  const { level, type, clocks } = incident.state
  const apologyDue = clocks.some((clock) => clock.id === 'apology') || incidentType(type).apologyUsual
  return [
    {
      scope: incident.scope,
      kind: 'incident',
      id: incident.id,
      type: 'incident.change-level',
      body: { from: level, to, reason, clocks: clockRulesFor(context, to, type, apologyDue) },
    },
    systemNote(incident.id, context.uuid(), context.now(), 'level-changed', { from: level, to, reason }, [0]),
  ]
}

/** Command acts: level, hand-over, status, signs; and what is open or waiting. */
export function commandService(
  context: ServiceContext,
  incidents: IncidentHandlers,
  tasks: TaskViews,
  risk: RiskReader,
  list: TimelineList,
  kept: IncidentCache,
): CommandHandlers {
  const { store } = context
  const find = (id: string) => store.read('incident', id) as Entity<IncidentState> | undefined
  const view = (incidentId: string) => incidents['incidents.get']({ incidentId })
  const readyTasks = kept.keep({ own: ['task'] }, (incidentId) =>
    tasks.open(incidentId).filter((task) => task.dueAt !== null && task.waitingFor.length === 0),
  )
  const riskOf = kept.keep({ own: ['series', 'points', 'assessment', 'import'], anywhere: ['rules'] }, (incidentId) => {
    const { inputs, weights, origins } = risk.read(incidentId)
    const assessment = assessRisk(inputs, weights)
    return assessment && { assessment, times: figureTimes(origins), judged: risk.judged(incidentId, assessment.suggestedLevel) }
  })
  // What is offered depends on how old the figures are by now, which is never kept.
  const riskNow = (incident: IncidentView, now: number) => {
    const found = riskOf(incident.id)
    if (!found) return null
    const evidence = gradeEvidence(found.assessment, found.times, now)
    return { ...found.assessment, evidence, judged: found.judged, offeredLevel: offeredLevel(found.assessment, incident.level, evidence) }
  }

  return {
    'incidents.changeLevel': ({ incidentId, to, reason }) => {
      const incident = find(incidentId)
      if (!incident) return fail('not-found')
      const written = write(context, levelDrafts(context, incident, to, reason))
      return written.ok ? view(incidentId) : written
    },

    'incidents.handOver': ({ incidentId, memberId, name, summary }) => {
      const incident = find(incidentId)
      if (!incident) return fail('not-found')
      const names = memberNames(context)
      const from = incident.state.commanderPerson ?? names(incident.state.commander)
      const to = memberId === null ? name : names(memberId)
      const written = write(context, [
        {
          scope: incident.scope,
          kind: 'incident',
          id: incidentId,
          type: 'incident.hand-over',
          body: { from: incident.state.commander, to: memberId, name, summary },
        },
        systemNote(incidentId, context.uuid(), context.now(), 'command-handed-over', { from, to, summary }, [0]),
      ])
      return written.ok ? view(incidentId) : written
    },

    'incidents.setStatus': ({ incidentId, to, reason }) => {
      const incident = find(incidentId)
      if (!incident) return fail('not-found')
      const from = incident.state.status
      const status: Draft = {
        scope: incident.scope,
        kind: 'incident',
        id: incidentId,
        type: 'incident.set-status',
        body: { from, to, reason },
      }
      const params = { from, to, reason, clocks: incident.state.clocks.filter(isClockOpen).length, tasks: tasks.count(incidentId, 'open') }
      const noted = (after?: number[]) => systemNote(incidentId, context.uuid(), context.now(), 'status-changed', params, after)
      // A closed incident takes no more entries: the note of the closing goes in before the closing.
      // Of what is over the timeline holds what happened then, and not when it was brought in.
      if (incident.state.mode === 'historical') {
        const moved = write(context, [status])
        return moved.ok ? view(incidentId) : moved
      }
      const written = write(context, to === 'closed' ? [noted(), { ...status, after: [0] }] : [status, noted([0])])
      return written.ok ? view(incidentId) : written
    },

    'incidents.markSign': ({ incidentId, sign, seen }) => {
      const written = write(context, [
        { scope: incidentScope(incidentId), kind: 'incident', id: incidentId, type: 'incident.mark-sign', body: { sign, seen } },
      ])
      return written.ok ? view(incidentId) : written
    },

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
      const me = memberId === null ? undefined : (store.read('member', memberId) as Entity<MemberState> | undefined)
      const waiting = me ? all.value.filter(isLive).flatMap((incident) => waitingIn(incident, now, me)) : []
      return done({ items: waiting.toSorted((a, b) => realFirst(a, b) || dueOf(a) - dueOf(b)).slice(0, limit), total: waiting.length })
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
        const entry = seenEntity(row) as Entity<EntryState> | undefined
        return entry ? [{ id: entry.id, text: entry.state.text, happenedAt: entry.state.happenedAt }] : []
      })
      .toReversed()
  }

  function waitingIn(incident: IncidentView, now: number, me: Entity<MemberState>): WaitingItem[] {
    const of = { incidentId: incident.id, incidentTitle: incident.title, mode: incident.mode }
    const items: WaitingItem[] = []
    const commanding = incident.commander === me.id && incident.commanderPerson === null
    if (commanding) {
      for (const clock of incident.clocks) {
        const standing = clockStanding(clock, now, endOfClocks(incident))
        if (standing.kind === 'overdue' || (standing.kind === 'running' && standing.leftMs < SOON_MS))
          items.push({ kind: 'clock', ...of, clock })
      }
      const found = riskNow(incident, now)
      if (found && found.offeredLevel !== null && !found.judged) {
        items.push({ kind: 'risk', ...of, composite: found.composite, suggestedLevel: found.offeredLevel })
      }
    }
    for (const task of readyTasks(incident.id)) {
      const mine = commanding || task.owner === me.state.name || (task.owner === '' && task.department === me.state.role)
      if (mine && task.dueAt !== null && task.dueAt - now < SOON_MS) items.push({ kind: 'task', ...of, task })
    }
    return items
  }
}
