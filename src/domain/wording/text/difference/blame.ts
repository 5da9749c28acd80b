import { sentencesOf } from '../sentences.ts'

/** One revision of a text. */
export type Revision = { number: number; author: string; paragraphs: readonly string[] }

/** A sentence of the last revision, with the revision in which it appeared. Offsets are UTF-16 in its paragraph. */
export type SentenceOrigin = { paragraph: number; start: number; end: number; revision: number; author: string }

type Origin = { revision: number; author: string }

/**
 * Says for each sentence of the last revision in which revision it appeared. A sentence keeps its origin when it is moved or
 * its blanks change, and gets a new one when any other character changes, or when it was absent from a revision.
 * @param revisions in their order, the oldest first
 */
export function blameSentences(revisions: readonly Revision[]): SentenceOrigin[] {
  let origins = new Map<string, Origin[]>()
  let sentences: SentenceOrigin[] = []
  for (const { number, author, paragraphs } of revisions) {
    const now = new Map<string, Origin[]>()
    const taken = new Map<string, number>()
    sentences = paragraphs.flatMap((text, paragraph) =>
      sentencesOf(text).map(({ start, end }) => {
        const key = text.slice(start, end).replaceAll(/\s+/gu, '')
        const nth = taken.get(key) ?? 0
        taken.set(key, nth + 1)
        const origin = origins.get(key)?.[nth] ?? { revision: number, author }
        const list = now.get(key)
        if (list) list.push(origin)
        else now.set(key, [origin])
        return { paragraph, start, end, ...origin }
      }),
    )
    origins = now
  }
  return sentences
}
