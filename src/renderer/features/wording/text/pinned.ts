import type { WordingContent } from '#domain/wording/content.ts'
import { fieldsOf } from '#domain/wording/content.ts'
import type { PinnedComment } from '#domain/wording/wording.ts'

/** A passage of a text: the field and UTF-16 offsets in it. */
export type Passage = Pick<PinnedComment, 'at' | 'start' | 'end'>

/** The words of a passage; empty if the text has no such place. */
export function wordsAt(content: WordingContent, { at, start, end }: Passage): string {
  return (
    fieldsOf(content)
      .find((field) => field.at === at)
      ?.text.slice(start, end) ?? ''
  )
}

/** The selected passage within an element that shows exactly the text of a field, or null if nothing in it is selected. */
export function selectedIn(element: HTMLElement, at: string, selection: Selection | null): Passage | null {
  const range = selection && selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0) : null
  if (!range || !element.contains(range.startContainer) || !element.contains(range.endContainer)) return null
  const before = range.cloneRange()
  before.selectNodeContents(element)
  before.setEnd(range.startContainer, range.startOffset)
  const start = before.toString().length
  return { at, start, end: start + range.toString().length }
}

/** A part of a text between the ends of pinned passages; `numbers`: the comments on it, counted from 1. */
export type MarkedPart = { text: string; start: number; numbers: number[] }

/** Cuts a field's text at the ends of the comments on it. */
export function markedParts(at: string, text: string, comments: readonly Passage[]): MarkedPart[] {
  const own = comments.map((comment, index) => ({ ...comment, number: index + 1 })).filter((comment) => comment.at === at)
  const cuts = [...new Set([0, text.length, ...own.flatMap(({ start, end }) => [start, end])])]
    .filter((cut) => cut >= 0 && cut <= text.length)
    .toSorted((a, b) => a - b)
  return cuts.slice(0, -1).map((start, index) => ({
    text: text.slice(start, cuts[index + 1]),
    start,
    numbers: own.filter((one) => one.start <= start && one.end > start).map(({ number }) => number),
  }))
}
