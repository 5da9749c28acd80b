import { dueTimes, type DueTime } from '../incidents/due-times.ts'
import { followersOf, type FollowersState } from '../incidents/followers.ts'
import type { IncidentState } from '../incidents/incident.ts'
import type { Uuid } from '../log/ids.ts'
import type { DueNotice } from './notice.ts'

/** The inputs for the notices of a due moment of a clock. */
export type ClockCause = {
  incidentId: Uuid
  incident: IncidentState
  followers: FollowersState | undefined
  due: DueTime
  /** Identifies the moment, see `momentId`. */
  cause: Uuid
  /** Hub time, milliseconds since 1970. */
  now: number
}

/**
 * The notices of a due moment of a clock: to the commander and to the followers of the incident. None if the clock is no
 * longer open, and no `clock-soon` if it has already run out, because `clock-due` follows immediately.
 * @returns a notice per recipient; the caller checks whether they may read it
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
