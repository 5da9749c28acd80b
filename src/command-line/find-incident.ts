import type { IncidentView } from '#contract/incident-api.ts'
import type { WorkspaceClient } from './workspace-client.ts'
import { failed, type CommandFailure } from './exit-codes.ts'

const SHORTEST_PREFIX = 6

/**
 * Finds an incident by its whole id, the beginning of its id (6 characters or more) or its exact title.
 * @returns the incident, or a failure if none or several match
 */
export async function findIncident(
  client: WorkspaceClient,
  named: string,
): Promise<{ ok: true; value: IncidentView } | { ok: false; failure: CommandFailure }> {
  const list = await client.call('incidents.list', {})
  if (!list.ok) return list
  const text = named.trim()
  const id = text.toLowerCase()
  const byId = list.value.filter((incident) => incident.id === id || (id.length >= SHORTEST_PREFIX && incident.id.startsWith(id)))
  const found = byId.length > 0 ? byId : list.value.filter((incident) => incident.title === text)
  const [first, ...others] = found
  if (!first) return failed('incident-unknown', { named: text.slice(0, 120) })
  if (others.length > 0)
    return failed('incident-ambiguous', {
      named: text.slice(0, 120),
      count: found.length,
      ids: found.map((incident) => incident.id).join(', '),
    })
  return { ok: true, value: first }
}
