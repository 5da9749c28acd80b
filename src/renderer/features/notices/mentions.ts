import type { Mention } from '#domain/notices/notice.ts'

/** An `@` under the caret with what follows it: where it stands in the text, and what has been typed of the name. */
export type NameBegun = { start: number; end: number; typed: string }

// A Chinese sentence has no space before it; in an e-mail address it is no mention.
const BEGUN = /(?<![A-Za-z0-9._-])[@\uff20]([^\s@\uff20,，。;；:：、]{0,20})$/u

/** The name that is being typed at the caret, or null. */
export function findBegun(text: string, caret: number): NameBegun | null {
  const typed = BEGUN.exec(text.slice(0, caret))?.[1]
  return typed === undefined ? null : { start: caret - typed.length - 1, end: caret, typed: typed.toLowerCase() }
}

/** The members who fit what was typed, those whose name begins with it before the others. */
export function fittingMembers<Member extends { name: string }>(members: readonly Member[], typed: string): Member[] {
  const place = ({ name }: Member) => name.toLowerCase().indexOf(typed)
  return members.filter((member) => place(member) >= 0).toSorted((a, b) => Math.min(1, place(a)) - Math.min(1, place(b)))
}

/** Of the members that were chosen while a text was written, those whom it still names. */
export function mentionsIn(text: string, chosen: readonly Mention[]): Mention[] {
  const byId = new Map(chosen.filter(({ name }) => text.includes(`@${name}`)).map((mention) => [mention.memberId, mention]))
  return [...byId.values()]
}

/** A text in pieces, the names of members in it marked. Longer names come first: one may begin another. */
export function splitMentions(text: string, mentions: readonly Mention[]): { text: string; memberId: string | null }[] {
  const marks = [...mentions].toSorted((a, b) => b.name.length - a.name.length)
  const pieces: { text: string; memberId: string | null }[] = []
  let from = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const found = marks.find(({ name }) => text.startsWith(name, at + 1))
    if (!found || at < from) continue
    if (at > from) pieces.push({ text: text.slice(from, at), memberId: null })
    from = at + 1 + found.name.length
    pieces.push({ text: text.slice(at, from), memberId: found.memberId })
  }
  if (from < text.length) pieces.push({ text: text.slice(from), memberId: null })
  return pieces
}
