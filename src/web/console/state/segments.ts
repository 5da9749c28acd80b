/** A part of a text, [start, end), UTF-16 code units. */
export type TextRange = { start: number; end: number }

/** A part of a text with what holds for all of it. */
export type Segment = { text: string; isNew: boolean; isFound: boolean }

/**
 * Cuts a text where marks begin and end. Ranges outside the text are cut off, so that a text that differs from what was marked still shows.
 * @param news what is new in this version
 * @param finds what a search found
 */
export function segmentsOf(text: string, news: readonly TextRange[], finds: readonly TextRange[] = []): Segment[] {
  const cuts = new Set([0, text.length])
  for (const { start, end } of [...news, ...finds]) for (const cut of [start, end]) if (cut > 0 && cut < text.length) cuts.add(cut)
  const ends = [...cuts].sort((a, b) => a - b)
  const isIn = (ranges: readonly TextRange[], at: number) => ranges.some(({ start, end }) => start <= at && at < end)
  return ends.slice(1).map((end, index) => {
    const start = ends[index] ?? 0
    return { text: text.slice(start, end), isNew: isIn(news, start), isFound: isIn(finds, start) }
  })
}
