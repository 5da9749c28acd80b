import { ASSIGNMENT } from '../people/assignment-entity.ts'
import type { CommandRead, CommandRefusal, Draft } from './command.ts'
import { autoFollowDrafts } from './follow-commands.ts'
import { incidentScope } from '../log/ids.ts'
import { memberNamed } from './named-member.ts'
import type { Editions } from '../texts/free-texts.ts'
import { refuseUnseen } from '../texts/unseen.ts'
import type { AssignmentState } from '../people/assignment.ts'

/** Assigns a person in an incident, or changes an assignment. Members with the given names are notified and follow the incident. */
export function assignPerson(
  read: CommandRead,
  {
    incidentId,
    personId,
    person,
    seen,
  }: {
    incidentId: string
    personId: string
    person: Pick<AssignmentState, 'layer' | 'department' | 'name' | 'backup' | 'duty'>
    seen?: Editions | undefined
  },
): Draft[] | CommandRefusal {
  const overtaken = refuseUnseen(read.one(ASSIGNMENT, personId), seen, person)
  if (overtaken) return overtaken
  const [memberId, backupId] = [memberNamed(read, person.name), memberNamed(read, person.backup)]
  const members = { ...(memberId === null ? {} : { memberId }), ...(backupId === null ? {} : { backupId }) }
  return [
    { scope: incidentScope(incidentId), kind: 'assignment', id: personId, type: 'assignment.set', body: { ...person, ...members } },
    ...autoFollowDrafts(read, incidentId, [memberId, backupId], 'named'),
  ]
}

/** Removes an assignment. */
export function removePerson(_read: CommandRead, { incidentId, personId }: { incidentId: string; personId: string }): Draft[] {
  return [{ scope: incidentScope(incidentId), kind: 'assignment', id: personId, type: 'assignment.remove', body: {} }]
}
