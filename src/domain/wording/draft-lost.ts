import * as Y from 'yjs'
import type { Deletions, UpdateShape } from './draft-update.ts'

/** Text of a member that vanished with its part: another deleted the part without having seen it. `by`: null if it is unknown. */
export type LostText = { text: string; by: string | null }

const LISTS = ['blocks', 'objections', 'variants'] as const

/** Whether every character of an item is among deletions. */
function isCovered({ id, length }: { id: Y.ID; length: number }, deletions: Deletions): boolean {
  for (let clock = id.clock; clock < id.clock + length; clock += 1) if (!Y.isDeleted(deletions, Y.createID(id.client, clock))) return false
  return true
}

/** A part that an update deletes although it holds text that its author had not seen. */
export type PartAtRisk = { list: string; id: string; text: string; client: number }

/**
 * The parts that an update deletes although their author had not seen all of their text: who deletes a part names every item of
 * it that they saw. Must be called before the update is applied.
 */
export function partsAtRisk(doc: Y.Doc, deletions: Deletions): PartAtRisk[] {
  if (deletions.clients.size === 0) return []
  return LISTS.flatMap((list) =>
    [...doc.getMap(list).entries()].flatMap(([id, part]): PartAtRisk[] => {
      if (!(part instanceof Y.Map) || !part._item || !Y.isDeleted(deletions, part._item.id)) return []
      const texts = [...part.values()].flatMap((value: unknown) => (value instanceof Y.Text ? [value] : []))
      const unseen = texts.map((text) => firstUnseen(text, deletions)).find((client) => client !== null)
      const text = texts.map(String).filter(Boolean).join('\n')
      return unseen === undefined || unseen === null ? [] : [{ list, id, text, client: unseen }]
    }),
  )
}

/** The client id of the first item of a text that is not among deletions. */
function firstUnseen(text: Y.Text, deletions: Deletions): number | null {
  for (let item = text._start; item; item = item.right)
    if (!item.deleted && item.countable && !isCovered(item, deletions)) return item.id.client
  return null
}

/** Whether an item of the document is deleted. */
function isGone(doc: Y.Doc, id: Y.ID): boolean {
  const found: unknown = Y.getItem(doc.store, id)
  return !(found instanceof Y.Item) || found.deleted
}

/**
 * The text that an applied update made vanish although nobody chose to delete it: unseen text of parts that it deletes, and what
 * it writes into parts that others had deleted.
 * @param risked what {@link partsAtRisk} found before
 */
export function lostText(
  doc: Y.Doc,
  { added, deletions }: UpdateShape,
  risked: readonly PartAtRisk[],
  clients: Readonly<Record<string, string>>,
): LostText[] {
  const byOf = (client: number) => clients[String(client)] ?? null
  const lost = risked.flatMap(({ list, id, text, client }) => (doc.getMap(list).has(id) ? [] : [{ text, by: byOf(client) }]))
  // What is typed into a deleted text is deleted on arrival, although its author did not delete it.
  const typed = new Map<number, string>()
  for (const item of added)
    if (item instanceof Y.Item && item.content instanceof Y.ContentString && isGone(doc, item.id) && !isCovered(item, deletions))
      typed.set(item.id.client, (typed.get(item.id.client) ?? '') + item.content.str)
  return [...lost, ...[...typed].map(([client, text]) => ({ text, by: byOf(client) }))].filter(({ text }) => text.trim() !== '')
}
