import { findEntityRules } from '../features.ts'
import type { Entity } from '../log/entity.ts'
import { maskPersonal } from '../privacy/mask-personal.ts'
import { indexText } from './search-terms.ts'
import { wholeValues } from './whole-values.ts'

/**
 * The searchable texts of an entity: text, decision, tags, comments, file names, and the texts before corrections. Each is
 * masked separately: a number never spans two texts.
 * @returns null for kinds that are not searched (points, members, imports)
 */
export function searchableTexts(entity: Entity): string[] | null {
  return findEntityRules(entity.kind)?.searchableTexts(entity) ?? null
}

/** The full-text index content of an entity: the words visible to everybody, and the keys of masked values. */
export function indexedWords(entity: Entity): { text: string; whole: string } | null {
  const texts = searchableTexts(entity)
  if (texts === null) return null
  return { text: indexText(texts.map(maskPersonal).join('\n')), whole: [...new Set(texts.flatMap(wholeValues))].join(' ') }
}
