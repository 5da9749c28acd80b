import type { Command } from '#domain/commands/command.ts'
import { endAuthority, grantAuthority, restrictIncident } from '#domain/commands/command-commands.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { Result } from '#contract/failures.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import { runCommand } from '../context/run-command.ts'
import type { ServiceContext } from '../context/service-context.ts'
import type { IncidentHandlers } from './incident-service.ts'

export type PermissionHandlers = Pick<
  ApiHandlers,
  'incidents.grantAuthority' | 'incidents.endAuthority' | 'incidents.restrict' | 'incidents.unrestrict'
>

/** Temporary authority (OR-12) and restriction of an incident; each is noted in the timeline, like other acts of command. */
export function permissionService(context: ServiceContext, incidents: IncidentHandlers): PermissionHandlers {
  function act<Input extends { incidentId: string }>(
    command: Command<Input>,
    input: Input,
  ): Result<IncidentView> | Promise<Result<IncidentView>> {
    const written = runCommand(context, command, input)
    return written.ok ? incidents['incidents.get']({ incidentId: input.incidentId }) : written
  }

  return {
    'incidents.grantAuthority': (input) => act(grantAuthority, input),
    'incidents.endAuthority': (input) => act(endAuthority, input),
    'incidents.restrict': (input) => act(restrictIncident, input),
    'incidents.unrestrict': ({ incidentId }) => act(restrictIncident, { incidentId, members: null }),
  }
}
