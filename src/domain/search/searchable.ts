import { findEntityRules } from '../features.ts'
import type { Entity } from '../log/entity.ts'
import { maskPersonal } from '../privacy/mask-personal.ts'
import { indexText } from './search-terms.ts'
import { wholeValues } from './whole-values.ts'

/**
 * The texts under whose words an entity is found: text, decision, tags, comments, file names, and what stood before a correction.
 * Each is masked for itself: a number does not reach from one into the next.
 * @returns null for what is not searched (points, members, imports)
 */
export function searchableTexts(entity: Entity): string[] | null {
  return findEntityRules(entity.kind)?.searchableTexts(entity) ?? null
}

/** What the full-text index holds of an entity: the words that everybody may see, and the keys of what is masked among them. */
export function indexedWords(entity: Entity): { text: string; whole: string } | null {
  const texts = searchableTexts(entity)
  if (texts === null) return null
  return { text: indexText(texts.map(maskPersonal).join('\n')), whole: [...new Set(texts.flatMap(wholeValues))].join(' ') }
}
