import type { MemberView } from '#contract/workspace-api.ts'
import type { PresenceFocus, PresenceView } from '#contract/team-api.ts'
import { FOCUS_PARTS } from './focus-registry.ts'

export type PersonHere = { memberId: string; name: string; device: string; place: PresenceView['place'] }

/** Colleagues who are online, one item each: of several devices, the one where they write or have the narrowest focus. Sorted by name. */
export function peopleHere(present: readonly PresenceView[], members: readonly MemberView[], me: string): PersonHere[] {
  const people = new Map<string, PersonHere>()
  for (const one of present) {
    const member = members.find(({ id }) => id === one.memberId)
    if (!member || member.id === me) continue
    const known = people.get(member.id)
    if (!known || closeness(one.place) > closeness(known.place))
      people.set(member.id, { memberId: member.id, name: member.name, device: one.device, place: one.place })
  }
  return [...people.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}

function closeness(place: PresenceFocus | null): number {
  if (!place) return -1
  return (place.writing ? 100 : 0) + (place.incidentId === null ? 0 : 1) + FOCUS_PARTS.findIndex((part) => part === place.part)
}

/** The colleagues in one incident, by tab and by focused entity. */
export type PeopleAround = {
  byTab: ReadonlyMap<string, readonly PersonHere[]>
  byEntity: ReadonlyMap<string, readonly PersonHere[]>
}

const TAB_OF: Readonly<Record<string, string>> = { correction: 'entry', comment: 'entry', task: 'tasks', draft: 'wording' }

/** Where colleagues are within an incident. The overview is the default, so it is not reported. */
export function peopleAround(people: readonly PersonHere[], incidentId: string): PeopleAround {
  const inRoom = people.flatMap((person) =>
    person.place?.incidentId === incidentId && person.place.part !== null && person.place.part !== 'overview'
      ? [{ person, place: person.place, part: person.place.part }]
      : [],
  )
  const of = (key: (one: (typeof inRoom)[number]) => string | null) => {
    const groups = new Map<string, PersonHere[]>()
    for (const one of inRoom) {
      const name = key(one)
      if (name !== null) groups.set(name, [...(groups.get(name) ?? []), one.person])
    }
    return groups
  }
  return { byTab: of(({ part }) => TAB_OF[part] ?? part), byEntity: of(({ place }) => place.entityId) }
}

export type Doing = 'correcting' | 'commenting' | 'looking'

/** What a colleague does with the focused entity. An open correction counts even if nothing is typed yet. */
export function doingOf({ place }: PersonHere): Doing {
  if (place?.part === 'correction') return 'correcting'
  return place?.part === 'comment' && place.writing ? 'commenting' : 'looking'
}

/** The short form of a name: its first character, or the initials of two words. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u)
  if (words.length > 1)
    return words
      .slice(0, 2)
      .map((word) => [...word][0] ?? '')
      .join('')
      .toUpperCase()
  return [...(words[0] ?? '')][0] ?? ''
}
