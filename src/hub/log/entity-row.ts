import { checkRow, rowSum } from '#storage/row-sum.ts'
import type { Entity } from '#domain/log/entity.ts'
import type { EntityRow } from '../database/hub-tables.ts'
import { UnreadableRow } from '../database/unreadable.ts'

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Checks the fields that rights are computed from: a missing field must not grant access. */
function isState(kind: string, state: unknown): boolean {
  if (!isObject(state)) return false
  if (kind === 'member') return state['status'] === 'active' || state['status'] === 'revoked'
  if (kind !== 'incident') return true
  const { restrictedTo } = state
  return (
    restrictedTo === null ||
    restrictedTo === undefined ||
    (Array.isArray(restrictedTo) && restrictedTo.every((id) => typeof id === 'string'))
  )
}

/** Reads an entity from its row. @throws when the row is corrupt or does not hold an entity */
export function toEntity(row: EntityRow): Entity {
  checkRow(row.sum, `${row.kind} ${row.id}`, row.kind, row.id, row.scope, row.body)
  const body = JSON.parse(row.body) as unknown
  if (!isObject(body) || !isObject(body['stamps']) || !Array.isArray(body['superseded']) || !isState(row.kind, body['state']))
    throw new UnreadableRow(`${row.kind} ${row.id} holds no state`)
  return { ...body, kind: row.kind, id: row.id, scope: row.scope } as Entity
}

/** Builds the row of an entity, with a checksum. */
export function toRow({ kind, id, scope, ...rest }: Entity): EntityRow {
  const body = JSON.stringify(rest)
  return { kind, id, scope, body, sum: rowSum(kind, id, scope, body) }
}
