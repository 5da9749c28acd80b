import type { Mention } from '#domain/notices/notice.ts'

/** An `@` at the caret: its position in the text, and the part of the name typed so far. */
export type NameBegun = { start: number; end: number; typed: string }

// In Chinese no space precedes it; within an e-mail address it is not a mention.
const BEGUN = /(?<![A-Za-z0-9._-])[@\uff20]([^\s@\uff20,，。;；:：、]{0,20})$/u

/** The name being typed at the caret, or null. */
export function findBegun(text: string, caret: number): NameBegun | null {
  const typed = BEGUN.exec(text.slice(0, caret))?.[1]
  return typed === undefined ? null : { start: caret - typed.length - 1, end: caret, typed: typed.toLowerCase() }
}

/** The members matching the typed text; prefix matches first. */
export function fittingMembers<Member extends { name: string }>(members: readonly Member[], typed: string): Member[] {
  const place = ({ name }: Member) => name.toLowerCase().indexOf(typed)
  return members.filter((member) => place(member) >= 0).toSorted((a, b) => Math.min(1, place(a)) - Math.min(1, place(b)))
}

/** The chosen mentions that the text still contains. */
export function mentionsIn(text: string, chosen: readonly Mention[]): Mention[] {
  const byId = new Map(chosen.filter(({ name }) => text.includes(`@${name}`)).map((mention) => [mention.memberId, mention]))
  return [...byId.values()]
}

/** Splits a text at the names of mentioned members. Longer names are matched first, because one name may be a prefix of another. */
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
