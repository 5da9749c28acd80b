import { FACET, facetIsOneOf, stateField, type ListDeclaration } from './entity-list.ts'

/** Tasks in the order of their plan; the facet is the progress. */
export const TASK_LIST = {
  kind: 'task',
  order: [stateField('order', 0), stateField('createdAt', 0)],
  filters: { open: facetIsOneOf('todo', 'doing'), progress: FACET },
} satisfies ListDeclaration

/** Every list that has indexes. A change here requires a higher version of the replica's tables, see `replica-schema.ts`. */
export const LISTS: readonly ListDeclaration[] = [TASK_LIST]
