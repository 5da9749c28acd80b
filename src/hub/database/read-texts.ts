import { z } from 'zod'

const Texts = z.array(z.string())

/** Parses a list of texts from a JSON column; empty when the column does not hold one. */
export function readTexts(json: string): string[] {
  try {
    return Texts.safeParse(JSON.parse(json)).data ?? []
  } catch {
    return []
  }
}
