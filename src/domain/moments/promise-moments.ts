import { followersOf } from '../incidents/followers.ts'
import { momentsOfKind } from '../notices/moment.ts'
import { PROMISE } from '../promises/promise-entity.ts'
import { PROMISE_SOON_MS } from '../promises/promise.ts'

/**
 * The moments of a promise: due soon, and due; told to its owner, the commander and the followers. They do not end with the
 * incident, because a promise to customers binds also after it; a historical incident has none.
 */
export const PROMISE_MOMENT_SOURCE = momentsOfKind(PROMISE, {
  moments({ state, dueAt }) {
    if (state !== 'open') return []
    return [
      { rule: 'promise-soon', about: '', dueAt: dueAt - PROMISE_SOON_MS },
      { rule: 'promise-due', about: '', dueAt },
    ]
  },
  told({ state }, { rule }, { incident, followers, now }) {
    if (incident === null || incident.mode === 'historical') return null
    // The notice that it is due follows at once.
    if (rule === 'promise-soon' && state.dueAt <= now) return null
    const to = [state.ownerId, incident.commander, ...followersOf(incident, followers)]
    return { to, params: { dueAt: state.dueAt, wordingId: state.wordingId } }
  },
})
