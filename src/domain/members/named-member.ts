import { MEMBER } from './member-entity.ts'
import type { CommandRead } from '../commands/command.ts'
import { TEAM_SCOPE } from '../log/ids.ts'
import type { MemberState } from './member.ts'

/** What stands for a member of whom nothing is known yet; in both languages, since it comes into files and notes too. */
export const UNKNOWN_MEMBER = '新成员 · new member'

/** The name of a member as notes have it. */
export function nameOfMember(read: CommandRead, memberId: string): string {
  return read.one(MEMBER, memberId)?.state.name ?? UNKNOWN_MEMBER
}

/** An active member by id; undefined for everybody else. */
export function activeMember(read: CommandRead, memberId: string): MemberState | undefined {
  const state = read.one(MEMBER, memberId)?.state
  return state?.status === 'active' ? state : undefined
}

/**
 * Finds the member that a name stands for. People are written down by name, since not everybody in a crisis has an account; who
 * has one is told what is given to them.
 * @returns the id of the one active member of exactly that name; null when there is none, or several who share it
 */
export function memberNamed(read: CommandRead, name: string): string | null {
  const wanted = name.trim()
  if (wanted === '') return null
  const [found, another] = read.all(MEMBER, TEAM_SCOPE).filter(({ state }) => state.status === 'active' && state.name === wanted)
  return found && !another ? found.id : null
}
