/** Items that two lists have in common, in the order of both: [index in the first, index in the second]. */
export type Pairs = [before: number, after: number][]

/** Maximum size of a table of two lists; beyond it, only items that occur once anchor the alignment. */
const MOST_CELLS = 9_000_000
/** The same between two anchors, of which there may be many. */
const MOST_CELLS_BETWEEN = 1_000_000

/** The numbers of equal items are equal. */
function numbered<Item>(before: readonly Item[], after: readonly Item[]): [Uint32Array, Uint32Array] {
  const numbers = new Map<Item, number>()
  const read = (items: readonly Item[]) =>
    Uint32Array.from(items, (item) => {
      const known = numbers.get(item)
      if (known !== undefined) return known
      numbers.set(item, numbers.size)
      return numbers.size - 1
    })
  return [read(before), read(after)]
}

type Stretch = { from: number; to: number; afterFrom: number; afterTo: number }

/** Adds the longest common subsequence of a stretch to the pairs. */
function alignTable(one: Uint32Array, two: Uint32Array, { from, to, afterFrom, afterTo }: Stretch, pairs: Pairs): void {
  const width = afterTo - afterFrom
  const height = to - from
  // Each cell says where the best path goes: 1 both, 2 the first list, 3 the second.
  const moves = new Uint8Array(width * height)
  let below = new Uint32Array(width + 1)
  for (let row = height - 1; row >= 0; row -= 1) {
    const here = new Uint32Array(width + 1)
    for (let column = width - 1; column >= 0; column -= 1) {
      const cell = row * width + column
      const down = below[column] ?? 0
      const right = here[column + 1] ?? 0
      if (one[from + row] === two[afterFrom + column]) {
        here[column] = (below[column + 1] ?? 0) + 1
        moves[cell] = 1
      } else {
        here[column] = Math.max(down, right)
        moves[cell] = down >= right ? 2 : 3
      }
    }
    below = here
  }
  let row = 0
  let column = 0
  while (row < height && column < width) {
    const move = moves[row * width + column]
    if (move === 1) pairs.push([from + row, afterFrom + column])
    if (move !== 3) row += 1
    if (move !== 2) column += 1
  }
}

/** Items that occur once on both sides of a stretch, as far as they are in the same order. */
function anchors(one: Uint32Array, two: Uint32Array, { from, to, afterFrom, afterTo }: Stretch): Pairs {
  const places = new Map<number, { before: number; after: number }>()
  for (let at = from; at < to; at += 1) {
    const item = one[at] ?? 0
    places.set(item, { before: places.has(item) ? -1 : at, after: -1 })
  }
  for (let at = afterFrom; at < afterTo; at += 1) {
    const place = places.get(two[at] ?? 0)
    if (place) place.after = place.after === -1 ? at : -2
  }
  const both = [...places.values()].filter(({ before, after }) => before >= 0 && after >= 0).toSorted((a, b) => a.before - b.before)
  // Longest increasing subsequence of the places in the second list.
  const ends: number[] = []
  const previous = new Int32Array(both.length).fill(-1)
  for (const [index, { after }] of both.entries()) {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((both[ends[middle] ?? 0]?.after ?? 0) < after) low = middle + 1
      else high = middle
    }
    if (low > 0) previous[index] = ends[low - 1] ?? -1
    ends[low] = index
  }
  const chain: Pairs = []
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const place = both[at]
    if (place) chain.push([place.before, place.after])
  }
  return chain.toReversed()
}

/** Aligns a stretch: its common beginning and end, then the table, or anchors if the table were too large. */
function alignStretch(one: Uint32Array, two: Uint32Array, stretch: Stretch, most: number, pairs: Pairs): void {
  let { from, to, afterFrom, afterTo } = stretch
  while (from < to && afterFrom < afterTo && one[from] === two[afterFrom]) pairs.push([from++, afterFrom++])
  const ending: Pairs = []
  while (from < to && afterFrom < afterTo && one[to - 1] === two[afterTo - 1]) ending.push([--to, --afterTo])
  const inner = { from, to, afterFrom, afterTo }
  if ((to - from) * (afterTo - afterFrom) <= most) alignTable(one, two, inner, pairs)
  else if (most > MOST_CELLS_BETWEEN) alignBetween(one, two, inner, pairs)
  for (let at = ending.length - 1; at >= 0; at -= 1) {
    const pair = ending[at]
    if (pair) pairs.push(pair)
  }
}

function alignBetween(one: Uint32Array, two: Uint32Array, stretch: Stretch, pairs: Pairs): void {
  let { from, afterFrom } = stretch
  for (const [before, after] of [...anchors(one, two, stretch), [stretch.to, stretch.afterTo] as const]) {
    alignStretch(one, two, { from, to: before, afterFrom, afterTo: after }, MOST_CELLS_BETWEEN, pairs)
    if (before < stretch.to && after < stretch.afterTo) pairs.push([before, after])
    from = before + 1
    afterFrom = after + 1
  }
}

/**
 * Aligns two lists by equal items. The result is the longest possible for up to about 3,000 items on each side; larger lists
 * are first anchored at items that occur once in both, and a stretch that is still too large is left unaligned.
 */
export function alignItems<Item>(before: readonly Item[], after: readonly Item[]): Pairs {
  const [one, two] = numbered(before, after)
  const pairs: Pairs = []
  alignStretch(one, two, { from: 0, to: one.length, afterFrom: 0, afterTo: two.length }, MOST_CELLS, pairs)
  return pairs
}
