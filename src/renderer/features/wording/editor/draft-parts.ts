import { DRAFT_LISTS, DRAFT_TEXTS, insertPart, type DraftList } from '#domain/wording/draft-document.ts'
import * as Y from 'yjs'
import { OWN } from './draft-session.ts'

/** A part of a draft as the editor lists it: its texts stay in the document. */
export type DraftPart = { id: string; order: number; values: Readonly<Record<string, unknown>>; text(name: string): Y.Text | null }

/** The parts of a list, in order. */
export function partsOf(doc: Y.Doc, list: DraftList): DraftPart[] {
  return [...doc.getMap(list).entries()]
    .flatMap(([id, part]): DraftPart[] => {
      if (!(part instanceof Y.Map)) return []
      const order: unknown = part.get('order')
      const values = Object.fromEntries([...part.entries()].filter(([, value]) => !(value instanceof Y.AbstractType)))
      const text = (name: string) => {
        const found: unknown = part.get(name)
        return found instanceof Y.Text ? found : null
      }
      return [{ id, order: typeof order === 'number' ? order : 0, values, text }]
    })
    .toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
}

/** Every text of a draft as it is in the document now, in reading order; empty ones are left out. */
export function textsOf(doc: Y.Doc): string[] {
  const lists = (Object.keys(DRAFT_LISTS) as DraftList[]).flatMap((list) =>
    partsOf(doc, list).flatMap((part) => DRAFT_LISTS[list].texts.map((name) => part.text(name)?.toString() ?? '')),
  )
  return [...DRAFT_TEXTS.map((name) => doc.getText(name).toString()), ...lists].filter((text) => text.trim() !== '')
}

/** The order of a part that is put before the part at `index`. */
export function orderAt(parts: readonly { order: number }[], index: number): number {
  const before = parts[index - 1]?.order
  const after = parts[index]?.order
  if (before === undefined) return after === undefined ? 0 : after - 1
  return after === undefined ? before + 1 : (before + after) / 2
}

type NewPart = { list: DraftList; id: string; fields: Readonly<Record<string, unknown>> }

/** Adds parts before the part at `index`. */
export function addParts(doc: Y.Doc, added: readonly NewPart[], index: number): void {
  doc.transact(() => {
    for (const [offset, { list, id, fields }] of added.entries())
      insertPart(doc, list, id, orderAt(partsOf(doc, list), index + offset), fields)
  }, OWN)
}

/** Moves a part one place up (-1) or down (1). */
export function movePart(doc: Y.Doc, list: DraftList, id: string, by: -1 | 1): void {
  const parts = partsOf(doc, list)
  const from = parts.findIndex((part) => part.id === id)
  const target = from + by
  if (from < 0 || target < 0 || target >= parts.length) return
  const others = parts.filter((part) => part.id !== id)
  setValue(doc, list, id, 'order', orderAt(others, target))
}

/** Sets a value of a part: its kind, audience, channel or order. */
export function setValue(doc: Y.Doc, list: DraftList, id: string, name: string, value: unknown): void {
  const part = doc.getMap(list).get(id)
  if (part instanceof Y.Map && part.get(name) !== value) doc.transact(() => part.set(name, value), OWN)
}

export function removePart(doc: Y.Doc, list: DraftList, id: string): void {
  doc.transact(() => doc.getMap(list).delete(id), OWN)
}

/** Whether a list takes no more parts. */
export function isFull(doc: Y.Doc, list: DraftList): boolean {
  return doc.getMap(list).size >= DRAFT_LISTS[list].limit
}
