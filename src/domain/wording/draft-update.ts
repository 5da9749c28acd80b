import * as Y from 'yjs'

/** What one edit may bring, and a draft may hold; see docs/decisions/0027. Yjs places an item by a scan over items of the same place. */
export const DRAFT_BOUNDS = {
  /** Items of one edit, and ranges that it deletes. */
  editStructs: 2000,
  editDeletions: 5000,
  /** Items of one edit that are placed by a scan. */
  editConflicts: 50,
  /** Client ids under which one edit brings in new content. */
  editClients: 10,
  /** Items of a draft with everything that was deleted from it. */
  structs: 10_000,
  /** Items of a draft that were put where another was that their author had not seen; these are placed by a scan. */
  conflicts: 200,
  clients: 1000,
} as const

/** `clients`: the client ids of new content. `conflicts`: how many new items must be placed by a scan. */
export type UpdateShape = { clients: Set<number>; conflicts: number; deletions: Deletions; added: (Y.Item | Y.GC)[] }
export type Deletions = ReturnType<typeof Y.createDeleteSet>
export type UpdateProblem = 'incomplete' | 'too-long' | 'not-a-document'

type Place = string

const placeOf = ({ client, clock }: { client: number; clock: number }): Place => `${client}:${clock}`
const same = (one: Y.ID, clock: number, client: number) => one.client === client && one.clock === clock

/** The item that contains an id of a document; null for one of which only the fact of its deletion is left. */
function itemAt(doc: Y.Doc, id: Y.ID): Y.Item | null {
  const found: unknown = Y.getItem(doc.store, id)
  return found instanceof Y.Item ? found : null
}

/** The name of a type, by its item or, for a root, by its own name. */
function typePlace(doc: Y.Doc, type: unknown): Place {
  if (type instanceof Y.AbstractType) {
    if (type._item) return `in ${placeOf(type._item.id)}`
    for (const [name, root] of doc.share) if (root === type) return `in ${name}`
  }
  return 'in nothing'
}

/**
 * Follows where the new items of an update go, without applying it. An item whose neighbours are those that its author saw is
 * placed at once. All others are conflicts: Yjs scans for their place, so that their number bounds the time of applying them.
 */
function countConflicts(doc: Y.Doc, added: readonly (Y.Item | Y.GC)[], known: ReadonlyMap<number, number>): number | null {
  const right = new Map<Place, Place | null>()
  const parents = new Map<Place, Place>()
  const contested = new Set<Place>()
  const done = new Map(known)
  const isThere = (id: Y.ID | null) => id === null || id.clock < (done.get(id.client) ?? 0)
  const inDocument = (id: Y.ID) => id.clock < (known.get(id.client) ?? 0)

  /** The place in front of which an item without a left neighbour stands: the beginning of its type, or of the values of a key. */
  function beginning(item: Y.Item): Place {
    const of = item.rightOrigin
    if (of === null) {
      const { parent } = item
      const type = typeof parent === 'string' ? `in ${parent}` : parent instanceof Y.ID ? `in ${placeOf(parent)}` : 'in nothing'
      return item.parentSub === null ? type : `${type} ${item.parentSub}`
    }
    const found = inDocument(of) ? itemAt(doc, of) : null
    if (!found) return parents.get(placeOf(of)) ?? 'in nothing'
    const type = typePlace(doc, found.parent)
    return found.parentSub === null ? type : `${type} ${found.parentSub}`
  }

  function firstIn(item: Y.Item): Place | null {
    const { parent, rightOrigin, parentSub } = item
    const of = rightOrigin === null ? null : inDocument(rightOrigin) ? itemAt(doc, rightOrigin) : null
    let type: unknown = of?.parent
    if (typeof parent === 'string') type = doc.share.get(parent)
    else if (parent instanceof Y.ID && inDocument(parent)) {
      const content: unknown = itemAt(doc, parent)?.content
      type = content instanceof Y.ContentType ? content.type : null
    }
    if (!(type instanceof Y.AbstractType)) return null
    const sub = of ? of.parentSub : parentSub
    const first = sub === null ? type._start : type._map.get(sub)
    return first ? placeOf(first.id) : null
  }

  function rightOf(id: Y.ID): Place | null {
    const place = right.get(placeOf(id))
    if (place !== undefined) return place
    const next = placeOf({ client: id.client, clock: id.clock + 1 })
    if (!inDocument(id)) return next
    const item = itemAt(doc, id)
    if (!item || !same(item.lastId, id.clock, id.client)) return item ? next : null
    return item.right ? placeOf(item.right.id) : null
  }

  let conflicts = 0
  function follow(item: Y.Item, from: number): void {
    const { client } = item.id
    const origin = from > item.id.clock ? Y.createID(client, from - 1) : item.origin
    const at = origin ? placeOf(origin) : beginning(item)
    // Whose neighbour is deleted together with its part, is deleted with it.
    const isGone = origin !== null && inDocument(origin) && itemAt(doc, origin) === null
    const next = origin ? rightOf(origin) : (right.get(at) ?? (right.has(at) ? null : firstIn(item)))
    const wanted = item.rightOrigin ? placeOf(item.rightOrigin) : null
    if (!isGone && (contested.has(at) || next !== wanted)) {
      conflicts += 1
      contested.add(at)
    } else right.set(at, placeOf({ client, clock: from }))
    right.set(placeOf({ client, clock: item.id.clock + item.length - 1 }), wanted)
    if (origin === null) parents.set(placeOf({ client, clock: from }), at)
  }

  function isReady(struct: Y.Item | Y.GC): boolean {
    if (struct.id.clock > (done.get(struct.id.client) ?? 0)) return false
    if (!(struct instanceof Y.Item)) return true
    const parent: unknown = struct.parent
    return isThere(struct.origin) && isThere(struct.rightOrigin) && !(parent instanceof Y.ID && !isThere(parent))
  }

  /** Follows the items of a client as far as everything that they need is there. @returns the items that wait */
  function advance(queue: readonly (Y.Item | Y.GC)[]): readonly (Y.Item | Y.GC)[] {
    const stop = queue.findIndex((struct) => {
      if (!isReady(struct)) return true
      const { client, clock } = struct.id
      if (struct instanceof Y.Item) follow(struct, Math.max(clock, done.get(client) ?? 0))
      done.set(client, clock + struct.length)
      return false
    })
    return stop === -1 ? [] : queue.slice(stop)
  }

  let queues: (readonly (Y.Item | Y.GC)[])[] = [...Map.groupBy(added, ({ id }) => id.client).values()]
  for (let left = added.length; left > 0;) {
    queues = queues.map(advance)
    const now = queues.reduce((sum, { length }) => sum + length, 0)
    if (now === left) return null
    left = now
  }
  return conflicts
}

/**
 * Reads what an update would bring to a document, before it is applied.
 * @returns why it is not applied: it has gaps or needs what the document lacks, it brings too much, or it is no update
 * @throws if the update cannot be decoded
 */
export function examineUpdate(doc: Y.Doc, update: Uint8Array): UpdateShape | UpdateProblem {
  const known = Y.decodeStateVector(Y.encodeStateVector(doc))
  const { structs, ds } = Y.decodeUpdate(update)
  const added: (Y.Item | Y.GC)[] = []
  for (const struct of structs) {
    if (struct instanceof Y.Skip) return 'incomplete'
    // Nothing that people write has no length; Yjs loses itself in such items.
    if (struct.length === 0) return 'not-a-document'
    if (struct.id.clock + struct.length > (known.get(struct.id.client) ?? 0)) added.push(struct)
  }
  const deleted = [...ds.clients.values()].reduce((sum, ranges) => sum + ranges.length, 0)
  const clients = new Set(added.map(({ id }) => id.client))
  const { editStructs, editDeletions, editClients } = DRAFT_BOUNDS
  if (added.length > editStructs || deleted > editDeletions || clients.size > editClients) return 'too-long'
  const conflicts = countConflicts(doc, added, known)
  if (conflicts !== null && conflicts > DRAFT_BOUNDS.editConflicts) return 'too-long'
  return conflicts === null ? 'incomplete' : { clients, conflicts, deletions: ds, added }
}

/** The number of items of a document, deleted ones included. */
export function countStructs(doc: Y.Doc): number {
  return [...doc.store.clients.values()].reduce((sum, structs) => sum + structs.length, 0)
}

/** The number of items in an update. */
export function structsIn(update: Uint8Array): number {
  return Y.decodeUpdate(update).structs.length
}
