import { changeText } from '#domain/wording/draft-document.ts'
import * as Y from 'yjs'
import { OWN } from './draft-session.ts'

/** A text field as the binding uses it: that of a browser, or a stand-in. */
export type Field = {
  value: string
  selectionStart: number
  selectionEnd: number
  setSelectionRange(start: number, end: number): void
}

type Delta = readonly { retain?: number | undefined; insert?: unknown; delete?: number | undefined }[]

/** The place in a text after others have changed it: it stays between the same characters. */
export function movedBy(delta: Delta, at: number): number {
  let place = 0
  let moved = at
  for (const { retain, insert, delete: removed } of delta) {
    if (retain !== undefined) place += retain
    else if (typeof insert === 'string') {
      if (place < moved) moved += insert.length
      place += insert.length
    } else if (removed !== undefined && place < moved) moved -= Math.min(removed, moved - place)
    if (place > moved) break
  }
  return moved
}

/** A binding of a text to a field. `input` is called with every change by the user, `compose` when an input method starts and ends. */
export type TextBinding = { input(): void; compose(active: boolean): void; release(): void }

/**
 * Binds a shared text to a field: what the user types goes into the text by its difference, what others write goes into the
 * field without moving the caret. While an input method composes, the field is left alone; both sides are joined afterwards.
 */
export function bindText(text: Y.Text, field: Field): TextBinding {
  let shown = text.toString()
  let composing = false
  /** What others changed while the user composed. */
  let missed: Delta[] = []
  field.value = shown

  /** Writes what the user changed since `shown`, at the place where others' changes have moved it. */
  function join(): void {
    const typed = field.value
    const deltas = missed
    missed = []
    if (deltas.length === 0) {
      changeText(text, typed, OWN)
      shown = text.toString()
      return
    }
    const { start, end, added } = difference(shown, typed)
    const [left, right] = [start, end].map((at) => deltas.reduce((place, delta) => movedBy(delta, place), at)) as [number, number]
    const current = text.toString()
    changeText(text, current.slice(0, left) + added + current.slice(Math.max(left, right)), OWN)
    const caret = (at: number) => left + Math.max(0, Math.min(added.length, at - start))
    show(text.toString(), caret(field.selectionStart), caret(field.selectionEnd))
  }

  function show(next: string, start: number, end: number): void {
    shown = next
    if (field.value === next) return
    field.value = next
    field.setSelectionRange(Math.min(start, next.length), Math.min(end, next.length))
  }

  const onChange = (event: Y.YTextEvent) => {
    if (event.transaction.origin === OWN) return
    const delta: Delta = event.delta
    if (composing) missed.push(delta)
    else show(text.toString(), movedBy(delta, field.selectionStart), movedBy(delta, field.selectionEnd))
  }
  text.observe(onChange)

  return {
    input: () => {
      if (!composing) join()
    },
    compose: (active) => {
      composing = active
      if (!active) join()
    },
    release: () => text.unobserve(onChange),
  }
}

/** What an edit replaced: the range in the old text, and what stands there now. */
function difference(from: string, to: string): { start: number; end: number; added: string } {
  let start = 0
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1
  let tail = 0
  while (tail < from.length - start && tail < to.length - start && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1
  return { start, end: from.length - tail, added: to.slice(start, to.length - tail) }
}
