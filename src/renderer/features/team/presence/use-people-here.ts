import { useRead } from '#client/use-read.ts'
import { useMemo } from 'react'
import { peopleAround, peopleHere, type PeopleAround, type PersonHere } from './people-here.ts'

/** Colleagues who are online; none while the hub is unreachable, because that is then unknown. */
export function usePeopleHere(): readonly PersonHere[] {
  const status = useRead('workspace.status', {}).data
  const present = useRead('membership.present', {}).data
  const members = useRead('workspace.members', present && present.length > 0 ? {} : null).data
  const me = status?.me?.id ?? ''
  const connected = status?.sync.connected ?? false
  return useMemo(() => (connected ? peopleHere(present ?? [], members ?? [], me) : []), [connected, present, members, me])
}

/** Where colleagues are within an incident. Unchanged parts keep their identity. */
export function usePeopleAround(incidentId: string): PeopleAround {
  const people = usePeopleHere()
  return useMemo(() => peopleAround(people, incidentId), [people, incidentId])
}
