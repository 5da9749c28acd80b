import { MEMBER } from '../members/member-entity.ts'
import type { CommandRead } from './command.ts'
import { TEAM_SCOPE } from '../log/ids.ts'
import type { MemberState } from '../members/member.ts'

/** Placeholder for an unknown member; in both languages, because it also appears in files and notes. */
export const UNKNOWN_MEMBER = '新成员 · new member'
/** The name of the hub, where it acts itself. */
export const HUB_NAME = '团队服务器 · team hub'

/** The name of a member as used in notes. */
export function nameOfMember(read: CommandRead, memberId: string): string {
  return read.one(MEMBER, memberId)?.state.name ?? UNKNOWN_MEMBER
}

/** An active member by id; undefined otherwise. */
export function activeMember(read: CommandRead, memberId: string): MemberState | undefined {
  const state = read.one(MEMBER, memberId)?.state
  return state?.status === 'active' ? state : undefined
}

/**
 * Finds the member with a given name. People are recorded by name, because not everybody in a crisis has an account; those
 * who have one are notified of what is assigned to them.
 * @returns the id of the one active member of exactly that name; null when there is none, or several share it
 */
export function memberNamed(read: CommandRead, name: string): string | null {
  const wanted = name.trim()
  if (wanted === '') return null
  const [found, another] = read.all(MEMBER, TEAM_SCOPE).filter(({ state }) => state.status === 'active' && state.name === wanted)
  return found && !another ? found.id : null
}
