import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { createEntity, writeField, type Applied, type Entity } from '../log/entity.ts'
import { incidentScope } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { MEMBER } from '../members/member-entity.ts'
import { startClocks, type ClockRules } from './clocks.ts'
import { INCIDENT } from './incident-entity.ts'
import {
  Declaration,
  HistoricalDeclaration,
  IncidentTitle,
  IncidentType,
  KnownFacts,
  Stage,
  type IncidentMode,
  type IncidentState,
} from './incident.ts'

export const IncidentRevise = z.strictObject({
  title: IncidentTitle.optional(),
  known: KnownFacts.optional(),
  type: IncidentType.optional(),
  stage: Stage.optional(),
})
type Incident = Entity<IncidentState>

function mayDeclare(
  context: DecisionContext,
  incident: Incident | undefined,
  body: Pick<Declaration, 'restrictedTo'>,
  op: Op,
): Refusal | null {
  if (incident) return refuse('already-exists')
  if (body.restrictedTo?.some((id) => !MEMBER.read(context, id))) return refuse('not-found')
  return op.scope === incidentScope(op.entity.id) ? null : refuse('wrong-scope')
}

function declared(
  op: Op,
  body: Omit<Declaration, 'clocks' | 'mode'> & { mode: IncidentMode },
  clocks: ClockRules,
  applied: Applied,
): Incident {
  // An author's clock that is ahead must not give an incident more time.
  const declaredAt = Math.min(body.declaredAt, applied.recordedAt)
  const { title, type, level, stage, known, mode } = body
  return createEntity<IncidentState>(op, {
    title,
    type,
    level,
    stage,
    known,
    mode,
    status: 'open',
    declaredAt,
    declaredBy: applied.actor,
    commander: applied.actor,
    commanderPerson: null,
    signs: [],
    clocks: startClocks(clocks, declaredAt),
    restrictedTo: body.restrictedTo ? [...new Set([applied.actor, ...body.restrictedTo])] : null,
    authorities: [],
  })
}

export const INCIDENT_OPS = [
  INCIDENT.op('incident.declare', {
    version: 1,
    body: Declaration,
    action: 'incident.declare',
    expects: null,
    notifies: null,
    webhook: 'incident.declared',
    decide: mayDeclare,
    fold: (incident, body, applied, op) => incident ?? declared(op, body, body.clocks, applied),
  }),
  // A separate version, because an app that does not know historical incidents must park it instead of showing it as live.
  INCIDENT.op('incident.declare', {
    version: 2,
    body: HistoricalDeclaration,
    action: 'incident.declare',
    expects: null,
    notifies: null,
    webhook: null,
    decide: mayDeclare,
    fold: (incident, body, applied, op) => incident ?? declared(op, body, {}, applied),
  }),
  INCIDENT.op('incident.revise', {
    version: 1,
    body: IncidentRevise,
    action: 'incident.revise',
    expects: null,
    notifies: {
      may: ({ stage }) => stage !== undefined,
      calls: ({ stage }, { incident, followers }) =>
        stage === undefined || !incident || stage === incident.stage
          ? []
          : [{ to: followers(), rule: 'stage-changed', params: { from: incident.stage, to: stage } }],
    },
    webhook: 'incident.revised',
    decide: (_context, incident) => (incident ? null : refuse('not-found')),
    fold: (incident, body, applied) => {
      if (!incident) return undefined
      let next = incident
      if (body.title !== undefined) next = writeField(next, 'title', body.title, applied)
      if (body.known !== undefined) next = writeField(next, 'known', body.known, applied)
      if (body.type !== undefined) next = writeField(next, 'type', body.type, applied)
      if (body.stage !== undefined) next = writeField(next, 'stage', body.stage, applied)
      return next
    },
  }),
]
