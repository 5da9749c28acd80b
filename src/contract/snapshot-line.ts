import { z } from 'zod'
import type { Entity } from '#domain/log/entity.ts'

/** The fields that an entity of every kind has; `state` belongs to its feature and was folded by the hub. */
const Frame = z.looseObject({
  kind: z.string().min(1).max(40),
  id: z.string().min(1).max(80),
  body: z.looseObject({ state: z.looseObject({}), stamps: z.looseObject({}), superseded: z.array(z.unknown()), newer: z.boolean() }),
})

/** An entity in a snapshot: kind and id, and its canonical state as stored at the hub, without kind, id and scope. */
export type SnapshotEntity = { kind: string; id: string; body: Omit<Entity, 'kind' | 'id' | 'scope'> }

/**
 * One line of a snapshot, without its line feed.
 * @param body the canonical JSON of the entity without kind, id and scope, exactly as stored
 */
export function writeSnapshotLine(kind: string, id: string, body: string): string {
  return `{"kind":${JSON.stringify(kind)},"id":${JSON.stringify(id)},"body":${body}}`
}

/** Parses a line; null when it is invalid. The order of keys is preserved, so that the same JSON can be stored again. */
export function readSnapshotLine(line: string): SnapshotEntity | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  // Checked, but not replaced by the parsed copy: a schema may return keys in another order.
  return Frame.safeParse(value).success ? (value as SnapshotEntity) : null
}
