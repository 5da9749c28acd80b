/** A run of text that is in both versions, only in the earlier, or only in the later one. */
export type DifferencePart = { kind: 'same' | 'removed' | 'added'; text: string }

/** Texts with more pieces than this are shown whole, old above new, without a comparison. */
const MOST_PIECES = 1500

function pieces(text: string): string[] {
  // Chinese is compared by character; Latin words and numbers, with their points and colons, as a whole.
  return text.match(/[\p{Script=Latin}\p{N}]+(?:[.,:]\p{N}+)*|\s+|[^]/gu) ?? []
}

function append(parts: DifferencePart[], kind: DifferencePart['kind'], text: string): void {
  const last = parts.at(-1)
  if (last?.kind === kind) last.text += text
  else if (text !== '') parts.push({ kind, text })
}

/** The difference from `before` to `after`, by the longest common subsequence of words and characters. */
export function textDifference(before: string, after: string): DifferencePart[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  const a = pieces(before)
  const b = pieces(after)
  const parts: DifferencePart[] = []
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  append(parts, 'same', a.slice(0, start).join(''))
  if (endA - start > MOST_PIECES || endB - start > MOST_PIECES) {
    append(parts, 'removed', a.slice(start, endA).join(''))
    append(parts, 'added', b.slice(start, endB).join(''))
  } else {
    compareMiddle(a.slice(start, endA), b.slice(start, endB), parts)
  }
  append(parts, 'same', a.slice(endA).join(''))
  return parts
}

function compareMiddle(a: string[], b: string[], parts: DifferencePart[]): void {
  const width = b.length + 1
  // lengths[i * width + j]: length of the longest common subsequence of a from i and b from j.
  const lengths = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      append(parts, 'same', a[i] ?? '')
      i++
      j++
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) {
      append(parts, 'removed', a[i] ?? '')
      i++
    } else {
      append(parts, 'added', b[j] ?? '')
      j++
    }
  }
}
