import { AGENT_GROUP } from '../agents/agent-group-entity.ts'
import { MINUTE } from '../durations.ts'
import { followersOf } from '../incidents/followers.ts'
import { isLive } from '../incidents/incident.ts'
import { MEMBER } from '../members/member-entity.ts'
import { momentsOfKind, type Moment, type MomentFacts } from '../notices/moment.ts'
import { approvalOf } from '../wording/approval.ts'
import type { Delivery } from '../wording/delivery.ts'
import { isReplaced } from '../wording/replaced.ts'
import { REVISION, WORDING } from '../wording/wording-entity.ts'

/** How long before its end a published text is announced, milliseconds. */
export const EXPIRING_MS = 15 * 60_000

/** The standing library has no incident; its texts are always in effect. */
const takesEffect = (incident: MomentFacts['incident']) => incident === null || isLive(incident)

/**
 * An approval that is overdue, told to those asked who have not decided, to the commander, and to the executives, who are
 * the next to turn to. Nothing once a newer revision was submitted, or the incident is closed.
 */
export const REVIEW_MOMENT_SOURCE = momentsOfKind(REVISION, {
  asksMembers: true,
  moments: (state) =>
    state.review && approvalOf(state).status === 'in-review' ? [{ rule: 'review-due', about: '', dueAt: state.review.dueAt }] : [],
  told({ id, state }, _moment, { incident, members, read }) {
    const wording = WORDING.read({ read }, state.wordingId)?.state
    if (!state.review || !takesEffect(incident) || !wording || wording.removed || isReplaced(wording, id, { read })) return null
    const decided = new Set(state.decisions.map(({ memberId }) => memberId))
    const executives = members.filter((member) => {
      const known = MEMBER.read({ read }, member)?.state
      return known?.role === 'executive' && !known.vendor
    })
    const waiting = [...state.review.asked, ...executives].filter((member) => !decided.has(member))
    return { to: [...waiting, incident?.commander], params: { dueAt: state.review.dueAt, wordingId: state.wordingId } }
  },
})

/** The members who lead the groups that a release goes to: all groups if it names none. */
function leadsOf({ groups }: Delivery, { groups: all, read }: MomentFacts): string[] {
  const states = (groups.length === 0 ? all : groups).map((id) => AGENT_GROUP.read({ read }, id)?.state)
  return states.flatMap((group) => (group && !group.removed ? group.leads : []))
}

/**
 * A published text that soon ends, told to its publisher and to the followers; and one that agents have not confirmed in time, told to
 * the leads of their groups, its publisher and the commander. Nothing once it is replaced or withdrawn.
 */
export const WORDING_MOMENT_SOURCE = momentsOfKind(WORDING, {
  asksGroups: true,
  moments({ live, removed }) {
    if (!live || removed) return []
    const { until, from, delivery } = live
    const ends: Moment[] = until === null ? [] : [{ rule: 'wording-expiring', about: '', dueAt: until - EXPIRING_MS }]
    const within = delivery.confirmWithin
    return within === null ? ends : [...ends, { rule: 'reading-due', about: '', dueAt: from + within * MINUTE }]
  },
  told({ id, state: { live } }, { rule, dueAt }, facts) {
    const { incident, followers, now } = facts
    if (!live || !takesEffect(incident)) return null
    if (rule === 'wording-expiring')
      return live.until === null
        ? null
        : { to: [live.by, ...followersOf(incident ?? undefined, followers)], params: { number: live.number, until: live.until } }
    const left = facts.unconfirmed(id)
    // An expired text need not be confirmed any more.
    if (left === 0 || (live.until !== null && live.until <= now)) return null
    const to = [...leadsOf(live.delivery, facts), live.by, incident?.commander]
    return { to, params: { number: live.number, dueAt, ...(left === null ? {} : { left }) } }
  },
})
