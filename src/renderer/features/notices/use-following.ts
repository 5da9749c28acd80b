import { useRead } from '#client/use-read.ts'
import type { IncidentView } from '#contract/incident-api.ts'
import type { FollowingView } from '#contract/notice-api.ts'
import { usePermittedAct } from '#features/permissions'

export type Following = {
  /** Null until it is known, and where there is nobody who could be told of anything. */
  view: FollowingView | null
  barred: string | null
  busy: boolean
  toggle(): void
}

/** Whether one follows an incident, who else does, and the way to change one's own part of it. */
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
