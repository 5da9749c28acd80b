import { dueTimes, type DueTime } from '../incidents/due-times.ts'
import { followersOf, type FollowersState } from '../incidents/followers.ts'
import type { IncidentState } from '../incidents/incident.ts'
import type { Uuid } from '../log/ids.ts'
import type { DueNotice } from './notice.ts'

/** What is looked at when a moment of a clock has come. */
export type ClockCause = {
  incidentId: Uuid
  incident: IncidentState
  followers: FollowersState | undefined
  due: DueTime
  /** Stands for the moment, see `momentId`. */
  cause: Uuid
  /** By the hub's clock, milliseconds since 1970. */
  now: number
}

/**
 * The notices that a moment of a clock gives: to the commander, and to whoever follows the incident. None where the clock does
 * not stand so any more, and none that time is short where it has run out already: that notice follows at once.
 * @returns a notice per recipient; whether they may read it is for the caller to see
 */
export function clockNotices({ incidentId, incident, followers, due, cause, now }: ClockCause): DueNotice[] {
  const { rule, about, dueAt } = due
  const clock = incident.clocks.find(({ id }) => id === about)
  const stands = dueTimes(incident).some((one) => one.rule === rule && one.about === about && one.dueAt === dueAt)
  if (!clock || !stands || dueAt > now) return []
  if (rule === 'clock-soon' && clock.dueAt <= now) return []
  return [...new Set([incident.commander, ...followersOf(incident, followers)])].map((recipient) => ({
    recipient,
    content: {
      rule,
      incidentId,
      subject: { kind: 'incident', id: incidentId },
      cause,
      params: { clock: about, dueAt: clock.dueAt },
    },
  }))
}
