import type { WordingContent } from '#domain/wording/content.ts'
import { fieldsOf } from '#domain/wording/content.ts'
import { parseVariables, valueOf } from '#domain/wording/text/variables.ts'
import type { PinnedComment, VariableValues } from '#domain/wording/wording.ts'

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

/**
 * A part of a text as it is shown. `text`: what is read, with the value in place of a variable; `written`, `start` and `end`: what it
 * stands for in the text as written; `variable`: its name if it is one, and whether a value fills it. `numbers`: the comments on it,
 * counted from 1.
 */
export type MarkedPart = {
  text: string
  written: string
  start: number
  end: number
  variable: { name: string; filled: boolean } | null
  numbers: number[]
}

/** The selected passage within an element that shows exactly the parts of a field, or null if nothing in it is selected. */
export function selectedIn(element: HTMLElement, at: string, parts: readonly MarkedPart[], selection: Selection | null): Passage | null {
  const range = selection && selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0) : null
  if (!range || !element.contains(range.startContainer) || !element.contains(range.endContainer)) return null
  const before = range.cloneRange()
  before.selectNodeContents(element)
  before.setEnd(range.startContainer, range.startOffset)
  const start = before.toString().length
  return { at, ...writtenRange(parts, { start, end: start + range.toString().length }) }
}

/** What a range of the shown text is in the text as written. A variable of which a part is selected belongs to it as a whole. */
export function writtenRange(parts: readonly MarkedPart[], shown: { start: number; end: number }): { start: number; end: number } {
  let at = 0
  const within = parts.flatMap((part) => {
    const [from, to] = [at, at + part.text.length]
    at = to
    if (shown.end <= from || shown.start >= to) return []
    const isWhole = part.variable !== null
    return [
      {
        start: isWhole ? part.start : part.start + Math.max(0, shown.start - from),
        end: isWhole ? part.end : part.end - Math.max(0, to - shown.end),
      },
    ]
  })
  return { start: within[0]?.start ?? 0, end: within.at(-1)?.end ?? 0 }
}

/** Cuts a field's text at its variables, which are filled in, and at the ends of the comments on it, which hold whole variables. */
export function markedParts(at: string, text: string, comments: readonly Passage[], values: VariableValues): MarkedPart[] {
  const pieces = parseVariables(text)
  const variableAt = (place: number) => pieces.find(({ kind, start, end }) => kind === 'variable' && start < place && place < end)
  const own = comments
    .map((comment, index) => ({ ...comment, number: index + 1 }))
    .filter((comment) => comment.at === at)
    .map(({ start, end, number }) => ({ start: variableAt(start)?.start ?? start, end: variableAt(end)?.end ?? end, number }))
  return pieces.flatMap((piece) => {
    const cuts = [...new Set([piece.start, piece.end, ...own.flatMap(({ start, end }) => [start, end])])]
      .filter((cut) => cut >= piece.start && cut <= piece.end)
      .toSorted((a, b) => a - b)
    return cuts.slice(0, -1).map((start, index): MarkedPart => {
      const end = cuts[index + 1] ?? start
      const written = text.slice(start, end)
      const value = piece.kind === 'variable' ? valueOf(values, piece.name).trim() : ''
      return {
        text: value || written,
        written,
        start,
        end,
        variable: piece.kind === 'variable' ? { name: piece.name, filled: value !== '' } : null,
        numbers: own.filter((one) => one.start <= start && one.end > start).map(({ number }) => number),
      }
    })
  })
}
