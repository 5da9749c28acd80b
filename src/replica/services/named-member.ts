import { MEMBER } from '#domain/members/member-entity.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import type { ServiceContext } from '../context/service-context.ts'

/**
 * Finds the member that a name stands for. People are written down by name, since not everybody in a crisis has an account; who
 * has one is told what is given to them.
 * @returns the id of the one active member of exactly that name; null when there is none, or several who share it
 */
export function memberNamed(context: ServiceContext, name: string): string | null {
  const wanted = name.trim()
  if (wanted === '') return null
  const members = context.db
    .prepare<[], EntityRow>("SELECT * FROM entity WHERE kind = 'member'")
    .all()
    .flatMap((row) => {
      const member = MEMBER.as(seenEntity(row))
      return member && member.state.status === 'active' && member.state.name === wanted ? [member.id] : []
    })
  return members.length === 1 ? (members[0] ?? null) : null
}
