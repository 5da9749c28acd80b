import { z } from 'zod'
import type { Entity } from '#domain/log/entity.ts'

/** What an entity of any kind has; what its state holds is its feature's, and was folded by the hub. */
const Frame = z.looseObject({
  kind: z.string().min(1).max(40),
  id: z.string().min(1).max(80),
  body: z.looseObject({ state: z.looseObject({}), stamps: z.looseObject({}), superseded: z.array(z.unknown()), newer: z.boolean() }),
})

/** An entity in a snapshot: which, and its canonical state as the hub's log stores it, without kind, id and scope. */
export type SnapshotEntity = { kind: string; id: string; body: Omit<Entity, 'kind' | 'id' | 'scope'> }

/**
 * One line of a snapshot, without its line feed.
 * @param body the canonical JSON of the entity without kind, id and scope, exactly as it is stored
 */
export function writeSnapshotLine(kind: string, id: string, body: string): string {
  return `{"kind":${JSON.stringify(kind)},"id":${JSON.stringify(id)},"body":${body}}`
}

/** Reads a line back; null when it is not one. The order of keys stays, so that the same JSON can be stored again. */
export function readSnapshotLine(line: string): SnapshotEntity | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  // Checked, but not rebuilt: what a schema gives back may have its keys in another order.
  return Frame.safeParse(value).success ? (value as SnapshotEntity) : null
}
