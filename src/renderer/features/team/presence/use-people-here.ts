import { useRead } from '#client/use-read.ts'
import { peopleHere, type PersonHere } from './people-here.ts'

/** Who else is here now. */
export function usePeopleHere(): PersonHere[] {
  const me = useRead('station.status', {}, ['station']).data?.me
  const present = useRead('membership.present', {}, ['presence', 'station']).data
  const members = useRead('station.members', present && present.length > 0 ? {} : null, ['station']).data
  return peopleHere(present ?? [], members ?? [], me?.id ?? '')
}
