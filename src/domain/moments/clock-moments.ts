import { dueTimes } from '../incidents/due-times.ts'
import { followersOf } from '../incidents/followers.ts'
import { INCIDENT } from '../incidents/incident-entity.ts'
import { momentsOfKind } from '../notices/moment.ts'

/**
 * The moments of clocks, told to the commander and to the followers of the incident. No `clock-soon` for a clock that has
 * already run out, because `clock-due` follows immediately.
 */
export const CLOCK_MOMENT_SOURCE = momentsOfKind(INCIDENT, {
  // An incident written by a newer version may lack the field.
  moments: (incident) => (Array.isArray(incident.clocks) ? dueTimes(incident) : []),
  told({ state }, { rule, about }, { followers, now }) {
    const clock = state.clocks.find(({ id }) => id === about)
    if (!clock || (rule === 'clock-soon' && clock.dueAt <= now)) return null
    return { to: [state.commander, ...followersOf(state, followers)], params: { clock: about, dueAt: clock.dueAt } }
  },
})
