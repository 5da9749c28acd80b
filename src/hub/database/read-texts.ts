import { z } from 'zod'

const Texts = z.array(z.string())

/** A list of texts as it is kept in a column; an empty one where the column does not hold one. */
export function readTexts(json: string): string[] {
  try {
    return Texts.safeParse(JSON.parse(json)).data ?? []
  } catch {
    return []
  }
}
