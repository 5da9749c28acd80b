import { z } from 'zod'
import { LoggedUuid } from '../log/ids.ts'
import { MemberName } from '../members/member.ts'

/**
 * Why a member gets a notice. Closed list; if an op matches several rules for a member, the first one counts. The last rules
 * are for followers of the incident.
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
  'review-asked',
  'review-decided',
  'draft-noted',
  'draft-answered',
  'review-due',
  'bulletin-missed',
  'bulletin-out',
  'wording-withdrawn',
  'wording-published',
  'wording-expiring',
  'reading-due',
  'promise-due',
  'promise-soon',
  'clock-due',
  'clock-soon',
] as const
export const NoticeRule = z.enum(NOTICE_RULES)
export type NoticeRule = z.infer<typeof NoticeRule>

const ASKING: readonly NoticeRule[] = ['mentioned', 'task-given', 'command-given', 'review-asked']

/** Whether someone needs this member to act: only then is it worth a sound and a desktop notification. */
export function asksForMember(rule: NoticeRule): boolean {
  return ASKING.includes(rule)
}

/** A member named with `@` in a text. The author chose the id; the name is what the text says. */
export const Mention = z.strictObject({ memberId: LoggedUuid, name: MemberName })
export type Mention = z.infer<typeof Mention>

/** The mentions of a text, as part of an op. */
export const Mentions = z.array(Mention).max(50)

/** The ids of the mentioned members. */
export function idsOf(mentions: readonly Mention[] | undefined): string[] {
  return (mentions ?? []).map(({ memberId }) => memberId)
}

/** Members mentioned now but not before: correcting a text does not notify everybody again. */
export function newlyNamed(now: readonly Mention[] | undefined, before: readonly Mention[] | undefined): string[] {
  const known = new Set(idsOf(before))
  return idsOf(now).filter((id) => !known.has(id))
}

/** Kinds that a notice can be about. */
export const SubjectKind = z.enum(['incident', 'entry', 'task', 'assignment', 'wording', 'revision', 'promise', 'bulletin', 'draft-note'])
export type SubjectKind = z.infer<typeof SubjectKind>

/** The subject of a notice: the target of a click. */
export const NoticeSubject = z.strictObject({ kind: SubjectKind, id: z.string().min(1).max(80) })
export type NoticeSubject = z.infer<typeof NoticeSubject>

/**
 * The content of a notice. It holds ids and no text of the incident, so that a member who loses access to the incident keeps
 * nothing of it; actor and time are in the record of the cause. The actor of a moment is the hub.
 */
export const NoticeMade = z.strictObject({
  rule: NoticeRule,
  /** Null for a notice about a text of the standing library. */
  incidentId: LoggedUuid.nullable(),
  subject: NoticeSubject,
  /** The op that caused it, or the id of the moment. */
  cause: LoggedUuid,
  /** The old and new value of a change, or the part of an entry with the mention. */
  params: z.record(z.string().max(20), z.union([z.string().max(80), z.number()])),
})
export type NoticeMade = z.infer<typeof NoticeMade>

/** The members that an op notifies by a rule; unknown ids, the actor, and members already notified by an earlier rule are skipped. */
export type NoticeCall = { to: readonly (string | null | undefined)[]; rule: NoticeRule; params?: NoticeMade['params'] }

/** A member to be notified, if they may read the subject. */
export type DueNotice = { recipient: string; content: NoticeMade }

export type NoticeState = {
  /**
   * Its content, author and time (hub time, milliseconds since 1970). Null while only the fact that it was read is known: a
   * hub restored from a backup may receive that again before it receives the cause.
   */
  content: (NoticeMade & { by: string; at: number }) | null
  read: boolean
}
