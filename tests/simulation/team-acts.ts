import { incidentScope, privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import type { Draft } from '#replica/store/replica-store.ts'
import { draftsOf, type Act, type Hand, type World } from './acts.ts'
import { contactDrafts, isContactAct, type ContactAct } from './contact-acts.ts'
import { TEAM_ACTS, type TeamAct } from './plan.ts'

const isTeamAct = (act: Act | TeamAct): act is TeamAct => TEAM_ACTS.some((name) => name === act.name)

function at<T>(list: readonly T[], index: number): T | undefined {
  return list.length === 0 ? undefined : list[index % list.length]
}

/** The hand of a member, and the n-th notice of that member, modulo their number. */
export type MemberHand = Hand & { memberId: string; notice(n: number): string | undefined }

/** The drafts of any act. Texts carry a mark, so that tests can search for them where they must not be. */
export function actDrafts(world: World, act: Act | TeamAct | ContactAct, hand: MemberHand, nextMark: () => string): Draft[] {
  if (isContactAct(act)) return contactDrafts(act, hand)
  const drafts = isTeamAct(act)
    ? teamDrafts(world, act, hand)
    : [...draftsOf(world, act, hand).map((draft) => withMentions(world, act, draft)), ...noticeDrafts(world, act, hand)]
  return drafts.map((draft) => ({ ...draft, body: withMark(draft.body, nextMark) }))
}

const NAMING = ['entry.record', 'entry.comment', 'entry.correct']

/** Sometimes adds a mention to a text, of a member who may not be allowed to read it or may not exist. */
function withMentions(world: World, { a, b, c }: Act, draft: Draft): Draft {
  const named = at(world.members, a + b)
  if (named === undefined || c % 3 !== 0 || !NAMING.includes(draft.type) || draft.body['kind'] === 'system') return draft
  return { ...draft, body: { ...draft.body, mentions: [{ memberId: named, name: '某人' }] } }
}

/** Drafts that accompany some usual acts: follow or unfollow an incident, read a notice. */
function noticeDrafts(world: World, { name, a, b, c }: Act, hand: MemberHand): Draft[] {
  const incident = at(world.incidents, a)
  if (name === 'star' && c % 3 === 0 && incident !== undefined) {
    const follow = { scope: incidentScope(incident), kind: 'followers', id: incident }
    if (b % 4 === 0) return [{ ...follow, type: 'followers.leave', body: {} }]
    const [memberId, why] = b % 4 === 1 ? [at(world.members, c), 'named'] : [hand.memberId, b % 4 === 2 ? 'wrote' : 'chosen']
    return [{ ...follow, type: 'followers.add', body: { memberId, why } }]
  }
  const notice = name === 'tag' && c % 3 === 0 ? hand.notice(b) : undefined
  return notice === undefined
    ? []
    : [{ scope: privateScope(hand.memberId), kind: 'notice', id: notice, type: 'notice.read', body: { read: a % 4 !== 0 } }]
}

function withMark(body: Record<string, unknown>, nextMark: () => string): Record<string, unknown> {
  const content = body['content']
  return {
    ...body,
    ...(typeof body['text'] === 'string' ? { text: `${body['text']} ${nextMark()}` } : {}),
    ...(typeof body['title'] === 'string' ? { title: `${body['title']} ${nextMark()}` } : {}),
    ...(typeof content === 'object' && content !== null ? { content: withMark(content as Record<string, unknown>, nextMark) } : {}),
  }
}

function teamDrafts(world: World, { name, a, b, c }: TeamAct, hand: Hand): Draft[] {
  const incident = at(world.incidents, a)
  // The founder stays: without an owner nobody could restore a member.
  const other = at(world.members.slice(1), b)
  const onIncident = (type: string, body: Record<string, unknown>): Draft[] =>
    incident === undefined ? [] : [{ scope: incidentScope(incident), kind: 'incident', id: incident, type, body }]
  const onMember = (type: string, body: Record<string, unknown>): Draft[] =>
    other === undefined ? [] : [{ scope: TEAM_SCOPE, kind: 'member', id: other, type, body }]
  const some = world.members.filter((_, index) => (c >> index) % 2 === 1)
  if (name === 'restrict') return onIncident('incident.restrict', { members: some })
  if (name === 'unrestrict') return onIncident('incident.unrestrict', {})
  if (name === 'revoke') return onMember('member.revoke', { reason: '离职' })
  if (name === 'restoreMember') return onMember('member.restore', {})
  return draftsOf(world, { name: 'declare', a, b, c }, hand).map((draft) => ({
    ...draft,
    body: { ...draft.body, restrictedTo: some.length > 0 ? some : world.members.slice(0, 1) },
  }))
}
