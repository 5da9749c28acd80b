import type { Entity } from '#domain/log/entity.ts'
import { appliedPending } from '#domain/log/applied.ts'
import { parseOp } from '#domain/log/op.ts'
import { step } from '#domain/step.ts'
import type { EntityTable, Held, Tally } from './entity-table.ts'
import type { Outbox } from './outbox.ts'

/** An entity whose view was written, its row, and whether its labels changed. */
export type Change = { kind: string; id: string; scope: string; row: number | null; relabelled: boolean }

/** An entity within a transaction. `canonical`, `view` and `pending` may be assigned; they are saved only if it is touched. */
export type HeldEntity = Held & { readonly kind: string; readonly id: string; readonly before: Entity | undefined; touched: boolean }

/** The entities that one transaction uses; each is read once and written once. */
export type TransactionEntities = {
  read(kind: string, id: string): Entity | undefined
  /** Returns an entity that `flush` is to save. */
  touch(kind: string, id: string): HeldEntity
  touched(): HeldEntity[]
  /** Saves the touched entities and the counts that changed with them. */
  flush(): Change[]
}

export function createTransactionEntities(table: EntityTable): TransactionEntities {
  const held = new Map<string, HeldEntity>()
  const hold = (kind: string, id: string): HeldEntity => {
    const key = `${kind}\n${id}`
    let found = held.get(key)
    if (!found) {
      const now = table.hold(kind, id)
      found = { ...now, before: now.view, touched: false, kind, id }
      held.set(key, found)
    }
    return found
  }
  const touched = (): HeldEntity[] => [...held.values()].filter((entity) => entity.touched)
  return {
    read: (kind, id) => hold(kind, id).view,
    touch(kind, id) {
      const entity = hold(kind, id)
      entity.touched = true
      return entity
    },
    touched,
    flush() {
      const changes: Change[] = []
      const tally: Tally = new Map()
      for (const entity of touched()) {
        const { kind, id, before } = entity
        const saved = table.save(kind, id, entity, before, tally)
        const scope = (entity.view ?? before ?? entity.canonical)?.scope
        if (scope !== undefined) changes.push({ kind, id, scope, ...saved })
      }
      table.saveTally(tally)
      return changes
    },
  }
}

/** Sets the view of an entity: its canonical state plus the own pending ops on it, in order. */
export function overlayPending(entity: HeldEntity, outbox: Outbox, actorId: string): void {
  entity.view = entity.canonical
  entity.pending = false
  for (const bytes of outbox.textsOn(entity.kind, entity.id)) {
    const parsed = parseOp(bytes)
    if (!parsed.ok) continue
    entity.view = step(entity.view, parsed.op, appliedPending(parsed.op, actorId))
    entity.pending = true
  }
}
