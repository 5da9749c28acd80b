import { FACET, facetIsOneOf, stateField, type ListDeclaration } from './entity-list.ts'

/** Tasks in the order of their plan. Their facet is how far they are. */
export const TASK_LIST = {
  kind: 'task',
  order: [stateField('order', 0), stateField('createdAt', 0)],
  filters: { open: facetIsOneOf('todo', 'doing'), progress: FACET },
} satisfies ListDeclaration

/** Every list that has indexes. Whoever changes one makes the version of the replica's tables higher, see `replica-schema.ts`. */
export const LISTS: readonly ListDeclaration[] = [TASK_LIST]
