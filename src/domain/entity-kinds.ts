/**
 * The kinds of entities, as they stand in every op. Closed list: a kind is declared with `defineEntity` in its feature's folder
 * and registered in `features.ts`; neither compiles for a kind that is not here, and `features.ts` not without each that is.
 */
export const ENTITY_KINDS = [
  'member',
  'incident',
  'followers',
  'entry',
  'import',
  'series',
  'points',
  'task',
  'plan',
  'assignment',
  'assessment',
  'dismissed-suggestion',
  'rules',
  'contact',
  'notice',
  'reveal',
] as const
export type EntityKind = (typeof ENTITY_KINDS)[number]
