import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { FollowingView } from '#contract/notice-api.ts'
import { usePermittedAct } from '#features/permissions'

export type Following = {
  /** Null until it is known, and if the team has no other members. */
  view: FollowingView | null
  barred: string | null
  busy: boolean
  toggle(): void
}

/** Whether the member follows an incident, the other followers, and the command to change it. */
export function useFollowing(incident: IncidentView): Following {
  const view = useRead('following.get', { incidentId: incident.id }).data
  const alone = (useRead('workspace.members', {}).data ?? []).length < 2
  const set = usePermittedAct('following.set', { incident })
  const { barred } = set
  return {
    view: alone ? null : (view ?? null),
    barred,
    busy: set.busy,
    toggle: () => {
      if (view && barred === null && !set.busy) void set.act({ incidentId: incident.id, follow: !view.follows })
    },
  }
}
