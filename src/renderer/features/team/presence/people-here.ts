import type { MemberView } from '#contract/workspace-api.ts'
import type { PresencePlace, PresenceView } from '#contract/team-api.ts'
import { ATTENTION_PARTS } from './attention.ts'

export type PersonHere = { memberId: string; name: string; device: string; place: PresenceView['place'] }

/** Who else is here, one line each, at the device where they write or look closest; in the order of their names. */
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

function closeness(place: PresencePlace | null): number {
  if (!place) return -1
  return (place.writing ? 100 : 0) + (place.incidentId === null ? 0 : 1) + ATTENTION_PARTS.findIndex((part) => part === place.part)
}

/** The people of one incident, by the tab of the room and by the entity that they look at. */
export type PeopleAround = {
  byTab: ReadonlyMap<string, readonly PersonHere[]>
  byEntity: ReadonlyMap<string, readonly PersonHere[]>
}

const TAB_OF: Readonly<Record<string, string>> = { correction: 'entry', comment: 'entry', task: 'tasks' }

/** Where in an incident the people are who have it open. The overview is where everybody begins, and so is said of nobody. */
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

/** What somebody does with the entity they look at. An open correction is one also while nothing is typed. */
export function doingOf({ place }: PersonHere): Doing {
  if (place?.part === 'correction') return 'correcting'
  return place?.part === 'comment' && place.writing ? 'commenting' : 'looking'
}

/** What stands for a name where there is no room for it: its first sign, or the first letters of two words. */
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
