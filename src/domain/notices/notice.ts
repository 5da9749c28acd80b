import { z } from 'zod'
import { LoggedUuid } from '../log/ids.ts'
import { MemberName } from '../members/member.ts'

/**
 * Why somebody is told of something. Closed list; of several reasons that one op gives a member, the first of this list counts.
 * The later ones reach whoever follows the incident.
 */
export const NOTICE_RULES = [
  'mentioned',
  'task-given',
  'command-given',
  'authority-given',
  'role-given',
  'level-changed',
  'status-changed',
  'stage-changed',
  'commander-changed',
  'decision',
  'statement',
  'clock-due',
  'clock-soon',
] as const
export const NoticeRule = z.enum(NOTICE_RULES)
export type NoticeRule = z.infer<typeof NoticeRule>

const ASKING: readonly NoticeRule[] = ['mentioned', 'task-given', 'command-given']

/** Whether somebody waits for this member: only then is it worth a sound and a desktop notification. */
export function asksForMember(rule: NoticeRule): boolean {
  return ASKING.includes(rule)
}

/** Somebody named with `@` in a text. The id was chosen by its author; the name is what stands in the text. */
export const Mention = z.strictObject({ memberId: LoggedUuid, name: MemberName })
export type Mention = z.infer<typeof Mention>

/** The members that a text names, as an op carries them. */
export const Mentions = z.array(Mention).max(50)

/** The members that a text names, by id. */
export function idsOf(mentions: readonly Mention[] | undefined): string[] {
  return (mentions ?? []).map(({ memberId }) => memberId)
}

/** Who is named now and was not before: a text that is corrected does not call everybody again. */
export function newlyNamed(now: readonly Mention[] | undefined, before: readonly Mention[] | undefined): string[] {
  const known = new Set(idsOf(before))
  return idsOf(now).filter((id) => !known.has(id))
}

/** Kinds that a notice can be about. */
export const SubjectKind = z.enum(['incident', 'entry', 'task', 'assignment'])
export type SubjectKind = z.infer<typeof SubjectKind>

/** What a notice is about: where a click leads. */
export const NoticeSubject = z.strictObject({ kind: SubjectKind, id: z.string().min(1).max(80) })
export type NoticeSubject = z.infer<typeof NoticeSubject>

/**
 * What the hub says when it tells a member. It holds ids and never the words of the incident, so that whoever may no longer
 * read the incident keeps nothing of it; who caused it and when is the record's to say. What a moment causes, the hub itself says.
 */
export const NoticeMade = z.strictObject({
  rule: NoticeRule,
  incidentId: LoggedUuid,
  subject: NoticeSubject,
  /** The op that caused it, or what stands for the moment that did. */
  cause: LoggedUuid,
  /** What changed from where to where; in which part of an entry somebody was named. */
  params: z.record(z.string().max(20), z.union([z.string().max(80), z.number()])),
})
export type NoticeMade = z.infer<typeof NoticeMade>

/** Whom an op calls by a rule; who is not there, is the actor, or is called by an earlier rule already, is left out. */
export type NoticeCall = { to: readonly (string | null | undefined)[]; rule: NoticeRule; params?: NoticeMade['params'] }

/** A member to be told, as far as they may read what it is about. */
export type DueNotice = { recipient: string; content: NoticeMade }

export type NoticeState = {
  /**
   * What it says, by whom and when (hub time, milliseconds since 1970). Null while only its reading is known: a hub restored
   * from a backup may be told of the reading again before the cause is offered again.
   */
  content: (NoticeMade & { by: string; at: number }) | null
  read: boolean
}
