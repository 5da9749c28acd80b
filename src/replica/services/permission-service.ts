import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import type { SystemEvent } from '#domain/timeline/entry.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { fail, type Result } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { Draft } from '../store/replica-store.ts'
import type { IncidentHandlers } from './incident-service.ts'
import { memberNames, write, type ServiceContext } from '../context/service-context.ts'
import { systemNote } from '../context/system-notes.ts'

export type PermissionHandlers = Pick<
  ApiHandlers,
  'incidents.grantAuthority' | 'incidents.endAuthority' | 'incidents.restrict' | 'incidents.unrestrict'
>

/** Temporary authority (OR-12) and restriction of an incident; each is noted in the timeline, like other acts of command. */
export function permissionService(context: ServiceContext, incidents: IncidentHandlers): PermissionHandlers {
  const nameOf = (id: string) => memberNames(context)(id)

  function noted(
    incidentId: string,
    type: string,
    body: Draft['body'],
    code: SystemEvent['code'],
    params: SystemEvent['params'],
  ): Result<IncidentView> | Promise<Result<IncidentView>> {
    const incident = INCIDENT.read(context.store, incidentId)
    if (!incident) return fail('not-found')
    const act: Draft = { scope: incidentScope(incidentId), kind: 'incident', id: incidentId, type, body }
    // A closed incident takes no more entries.
    const open = incident.state.status !== 'closed'
    const written = write(context, open ? [act, systemNote(incidentId, context.uuid(), context.now(), code, params, [0])] : [act])
    return written.ok ? incidents['incidents.get']({ incidentId }) : written
  }

  return {
    'incidents.grantAuthority': ({ incidentId, memberId, as, until, reason }) =>
      noted(incidentId, 'incident.grant-authority', { memberId, as, until, reason }, 'authority-granted', {
        name: nameOf(memberId),
        role: as,
        until,
        reason,
      }),
    'incidents.endAuthority': ({ incidentId, memberId, as }) =>
      noted(incidentId, 'incident.end-authority', { memberId, as }, 'authority-ended', { name: nameOf(memberId), role: as }),
    'incidents.restrict': ({ incidentId, members }) =>
      noted(incidentId, 'incident.restrict', { members }, 'restricted', { count: new Set(members).size }),
    'incidents.unrestrict': ({ incidentId }) => noted(incidentId, 'incident.unrestrict', {}, 'unrestricted', {}),
  }
}
