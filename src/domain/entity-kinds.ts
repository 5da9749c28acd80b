/**
 * The entity kinds, as written in every op. Closed list: a kind is declared with `defineEntity` in its feature's folder and
 * registered in `features.ts`. Neither compiles for a kind missing here, and `features.ts` must list every kind.
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
  'wording',
  'revision',
  'wording-draft',
  'wording-values',
  'draft-note',
  'promise',
  'bulletin',
  'bulletin-plan',
  'agent-group',
  'notice',
  'reveal',
] as const
export type EntityKind = (typeof ENTITY_KINDS)[number]
