/** The parts of a text that differences are labelled with. */
export const BULLETIN_PARTS = ['title', 'core', 'blocks', 'objections', 'variants'] as const

/** The part that a field belongs to, by its address as `fieldsOf` gives it. */
export function partOf(at: string): (typeof BULLETIN_PARTS)[number] {
  return BULLETIN_PARTS.find((part) => part === at.split('.')[0]) ?? 'blocks'
}
