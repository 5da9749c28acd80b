import type { MemberView } from '#contract/station-api.ts'
import type { PresenceView } from '#contract/team-api.ts'

export type PersonHere = { memberId: string; name: string; device: string; place: PresenceView['place'] }

/** Who else is here, one line each, whoever writes first of their devices; in the order of their names. */
export function peopleHere(present: readonly PresenceView[], members: readonly MemberView[], me: string): PersonHere[] {
  const people = new Map<string, PersonHere>()
  for (const one of present) {
    const member = members.find(({ id }) => id === one.memberId)
    if (!member || member.id === me) continue
    const known = people.get(member.id)
    if (!known || (one.place?.writing && !known.place?.writing)) people.set(member.id, { memberId: member.id, name: member.name, device: one.device, place: one.place })
  }
  return [...people.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}

/** What stands for a name where there is no room for it: its first sign, or the first letters of two words. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u)
  if (words.length > 1) return words.slice(0, 2).map((word) => [...word][0] ?? '').join('').toUpperCase()
  return [...(words[0] ?? '')][0] ?? ''
}
