import { followersOf } from '../incidents/followers.ts'
import { isLive } from '../incidents/incident.ts'
import { MEMBER } from '../members/member-entity.ts'
import { momentsOfKind } from '../notices/moment.ts'
import { approvalOf } from '../wording/approval.ts'
import { isReplaced } from '../wording/replaced.ts'
import { REVISION, WORDING } from '../wording/wording-entity.ts'

/** How long before its end a published text is announced, milliseconds. */
export const EXPIRING_MS = 15 * 60_000

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
    if (!state.review || !isLive(incident) || !wording || wording.removed || isReplaced(wording, id, { read })) return null
    const decided = new Set(state.decisions.map(({ memberId }) => memberId))
    const executives = members.filter((member) => {
      const known = MEMBER.read({ read }, member)?.state
      return known?.role === 'executive' && !known.vendor
    })
    const waiting = [...state.review.asked, ...executives].filter((member) => !decided.has(member))
    return { to: [...waiting, incident.commander], params: { dueAt: state.review.dueAt, wordingId: state.wordingId } }
  },
})

/** A published text that soon ends, told to its publisher and to the followers. Nothing once it is replaced or withdrawn. */
export const EXPIRY_MOMENT_SOURCE = momentsOfKind(WORDING, {
  moments: ({ live, removed }) =>
    live?.until === null || live?.until === undefined || removed
      ? []
      : [{ rule: 'wording-expiring', about: '', dueAt: live.until - EXPIRING_MS }],
  told({ state: { live } }, _moment, { incident, followers }) {
    if (!live || live.until === null || !isLive(incident)) return null
    return { to: [live.by, ...followersOf(incident, followers)], params: { number: live.number, until: live.until } }
  },
})
