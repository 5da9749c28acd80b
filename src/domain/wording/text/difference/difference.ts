import { alignItems, type Pairs } from './align.ts'
import { alignParagraphs } from './paragraphs.ts'
import { tokensOf } from './tokens.ts'

export type Segment = { kind: 'same' | 'added' | 'removed'; text: string }

/** A paragraph of a difference, with its index in both texts; null where it does not exist. */
export type ParagraphDifference = {
  kind: 'same' | 'changed' | 'added' | 'removed'
  before: number | null
  after: number | null
  /** In order; where something was replaced, the removed text comes first. */
  segments: Segment[]
}

/** What stands unchanged between two changes and is no longer than this is shown as changed too: it only confuses. */
const ISLAND = 2

function push(segments: Segment[], kind: Segment['kind'], text: string): void {
  if (text === '') return
  const last = segments.at(-1)
  if (last?.kind === kind) last.text += text
  else segments.push({ kind, text })
}

/** Joins neighbouring changes, with the small islands between them, to one removed and one added text. */
function mergeChanges(segments: readonly Segment[]): Segment[] {
  const merged: Segment[] = []
  let removed = ''
  let added = ''
  const close = () => {
    push(merged, 'removed', removed)
    push(merged, 'added', added)
    removed = ''
    added = ''
  }
  for (const [index, { kind, text }] of segments.entries()) {
    if (kind === 'removed') removed += text
    else if (kind === 'added') added += text
    else if (text.length <= ISLAND && removed + added !== '' && index + 1 < segments.length) {
      removed += text
      added += text
    } else {
      close()
      push(merged, 'same', text)
    }
  }
  close()
  return merged
}

/** The segments between the pairs of two lists of tokens. */
function segmentsOf(before: readonly string[], after: readonly string[], pairs: Pairs): Segment[] {
  const segments: Segment[] = []
  let from = 0
  let afterFrom = 0
  for (const [same, afterSame] of [...pairs, [before.length, after.length] as const]) {
    push(segments, 'removed', before.slice(from, same).join(''))
    push(segments, 'added', after.slice(afterFrom, afterSame).join(''))
    push(segments, 'same', before[same] ?? '')
    from = same + 1
    afterFrom = afterSame + 1
  }
  return segments
}

/** The difference of two texts by words; numbers, dates, times and telephones are never divided. */
export function textDifference(before: string, after: string): Segment[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  const [one, two] = [tokensOf(before), tokensOf(after)]
  return mergeChanges(segmentsOf(one, two, alignItems(one, two)))
}

/**
 * The difference of two texts given as paragraphs: paragraphs are paired first, then compared by words. The segments
 * that are not added are the text before, those that are not removed the text after, paragraph by paragraph.
 */
export function difference(before: readonly string[], after: readonly string[]): ParagraphDifference[] {
  const paragraphs: ParagraphDifference[] = []
  let from = 0
  let afterFrom = 0
  for (const [paired, afterPaired] of [...alignParagraphs(before, after), [before.length, after.length] as const]) {
    for (; from < paired; from += 1) {
      paragraphs.push({ kind: 'removed', before: from, after: null, segments: whole('removed', before[from]) })
    }
    for (; afterFrom < afterPaired; afterFrom += 1) {
      paragraphs.push({ kind: 'added', before: null, after: afterFrom, segments: whole('added', after[afterFrom]) })
    }
    if (paired === before.length || afterPaired === after.length) break
    const [one = '', two = ''] = [before[paired], after[afterPaired]]
    paragraphs.push({
      kind: one === two ? 'same' : 'changed',
      before: paired,
      after: afterPaired,
      segments: textDifference(one, two),
    })
    from = paired + 1
    afterFrom = afterPaired + 1
  }
  return paragraphs
}

function whole(kind: Segment['kind'], text: string | undefined): Segment[] {
  return text === undefined || text === '' ? [] : [{ kind, text }]
}

/** One side of a difference, as the paragraphs that it was made from. */
export function sideOf(paragraphs: readonly ParagraphDifference[], side: 'before' | 'after'): string[] {
  const other = side === 'before' ? 'added' : 'removed'
  return paragraphs.flatMap((paragraph) =>
    paragraph[side] === null
      ? []
      : [
          paragraph.segments
            .filter(({ kind }) => kind !== other)
            .map(({ text }) => text)
            .join(''),
        ],
  )
}
