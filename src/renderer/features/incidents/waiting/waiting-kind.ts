import type { WaitingItem } from '#contract/command-api.ts'
import type { ReviewRow } from '#contract/wording-api.ts'
import type { IncidentMode } from '#domain/incidents/incident.ts'
import type { ReachOfIncident } from '#features/agents'
import type { ReactNode } from 'react'

/** A text that waits for the member's approval; without an incident it belongs to the standing library. */
export type WaitingReview = { kind: 'review'; incidentId: string | null; incidentTitle: string; mode: IncidentMode; review: ReviewRow }

/** A text that agents have not confirmed in time, for those who see to that. */
export type WaitingReading = {
  kind: 'reading'
  incidentId: string | null
  incidentTitle: string
  mode: IncidentMode
  reach: ReachOfIncident
}

/** What waits for the member: in an incident, an approval, or agents who have not read a text. */
export type Waiting = WaitingItem | WaitingReview | WaitingReading

type ItemOf<Kind extends Waiting['kind']> = Extract<Waiting, { kind: Kind }>

/** The display of a waiting item: what it is, its state, and the one action that settles it or opens it. */
export type WaitingParts = {
  /** Unique among the waiting items of one incident. */
  key: string
  path: string
  what: ReactNode
  act: ReactNode
}

export type WaitingKind = { kind: Waiting['kind']; parts(item: Waiting, now: number): WaitingParts | null }

function isOf<Kind extends Waiting['kind']>(item: Waiting, kind: Kind): item is ItemOf<Kind> {
  return item.kind === kind
}

/** Defines the display of one kind of item. `now` is exact to the minute. */
export function waitingKind<Kind extends Waiting['kind']>(
  kind: Kind,
  parts: (item: ItemOf<Kind>, now: number) => WaitingParts,
): WaitingKind {
  return { kind, parts: (item, now) => (isOf(item, kind) ? parts(item, now) : null) }
}
