import type { PersonHere } from '#features/team'

/** Where a member is in a draft, as presence carries it: the text, and the part that has the caret. */
export const draftPlace = (wordingId: string, partId: string | null): string => (partId === null ? wordingId : `${wordingId} ${partId}`)

/** A colleague who has a draft open. `partId`: where the caret is, null for none. */
export type PersonAtText = { name: string; partId: string | null; writing: boolean }

/** The colleagues who have a draft open, in the order of their names. */
export function peopleAtText(people: readonly PersonHere[], wordingId: string): PersonAtText[] {
  return people.flatMap(({ name, place }) => {
    const [at, partId = null] = place?.part === 'draft' ? (place.entityId ?? '').split(' ') : []
    return at === wordingId ? [{ name, partId, writing: place?.writing ?? false }] : []
  })
}

/** The part of a draft to which a field belongs: that of a list, or the title or core message itself. */
export const partOfField = (at: string): string => at.split('.')[1] ?? at
