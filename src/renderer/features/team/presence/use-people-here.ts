import { useRead } from '#client/use-read.ts'
import { useMemo } from 'react'
import { peopleAround, peopleHere, type PeopleAround, type PersonHere } from './people-here.ts'

/** Who else is here now. While the team is out of reach nobody can tell, and so nobody is named. */
export function usePeopleHere(): readonly PersonHere[] {
  const status = useRead('workspace.status', {}).data
  const present = useRead('membership.present', {}).data
  const members = useRead('workspace.members', present && present.length > 0 ? {} : null).data
  const me = status?.me?.id ?? ''
  const connected = status?.sync.connected ?? false
  return useMemo(() => (connected ? peopleHere(present ?? [], members ?? [], me) : []), [connected, present, members, me])
}

/** Where in an incident the others are. What stays as it was stays the same object. */
export function usePeopleAround(incidentId: string): PeopleAround {
  const people = usePeopleHere()
  return useMemo(() => peopleAround(people, incidentId), [people, incidentId])
}
