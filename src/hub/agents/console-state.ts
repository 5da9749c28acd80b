import { MINUTE } from '#domain/durations.ts'
import { bulletinsJson, textsJson, type Audience } from './audiences.ts'
import { standingTo, type Confirmations } from './confirmations.ts'
import { shortHash } from './short-hash.ts'
import type { Agent } from './roster.ts'

/** Offline for this long, a console no longer shows urgent texts, milliseconds: they may have been withdrawn. */
export const LOCK_AFTER_MS = 5 * MINUTE

export type TeamSide = { name(): string }

export function agentView({ id, name, number, vendor, groups }: Agent) {
  return { id, name, number, vendor, groups }
}

/**
 * The version of what an agent gets: texts, what is gone, bulletins, groups, the end of access. Not the agent's own name and confirmations, so
 * that agents of one group and vendor have the same versions, and a change is the same bytes for all of them.
 */
export function versionOf(audience: Audience, { groups, vendor, endsAt }: Agent, team: TeamSide): string {
  return `${audience.version}.${shortHash(JSON.stringify([groups, vendor, endsAt]), team.name()).slice(0, 8)}`
}

/** The state of a console as JSON. */
export function stateJson(
  { agent, audience, own, version }: { agent: Agent; audience: Audience; own: Confirmations; version: string },
  team: TeamSide,
  at: number,
): string {
  const changes = [...audience.texts.map((one) => ({ at: one.changedAt, id: one.text.id })), ...audience.gone]
  // Who has seen nothing yet has missed nothing: everything is new to them.
  const missed = agent.seenChange === 0 ? [] : changes.filter((one) => one.at > agent.seenChange).toSorted((a, b) => a.at - b.at)
  const rest = {
    missed: [...new Set(missed.map(({ id }) => id))],
    lockAfter: LOCK_AFTER_MS,
    endsAt: agent.endsAt,
  }
  const head = { version, at, agent: agentView(agent), team: team.name() }
  const texts = textsJson(audience.texts, (live) => standingTo(live, own.get(live.text.id)))
  const changing = `${JSON.stringify(head).slice(0, -1)},"texts":${texts},"gone":${JSON.stringify(audience.gone)}`
  return `${changing},"bulletins":${bulletinsJson(audience.bulletins)},${JSON.stringify(rest).slice(1)}`
}
