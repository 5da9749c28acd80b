import { defineEntity } from '../define-entity.ts'
import { incidentOfScope, isUuid, TEAM_SCOPE } from '../log/ids.ts'
import { approvalOf } from './approval.ts'
import type { DraftNoteState } from './draft-note.ts'
import type { RevisionState, WordingDraftState, WordingState, WordingValuesState } from './wording.ts'

/** Wordings are not in the full-text search yet: they have a search of their own in the library. */
const COMMON = { scope: 'team-or-incident', searchable: null, freeTexts: null, revealable: false, noticeHolds: {} } as const

export const WORDING = defineEntity<WordingState>()({
  ...COMMON,
  kind: 'wording',
  isId: 'uuid',
  indexKeys: (state) => ({ sortAt: state.createdAt, facet: state.kind }),
})

export const REVISION = defineEntity<RevisionState>()({
  ...COMMON,
  kind: 'revision',
  isId: 'uuid',
  indexKeys: (state) => ({ sortAt: state.at, facet: approvalOf(state).status, parent: state.wordingId }),
})

/** A draft has the id of its wording. */
export const WORDING_DRAFT = defineEntity<WordingDraftState>()({ ...COMMON, kind: 'wording-draft', isId: 'uuid', indexKeys: null })

/** A comment or suggestion in a draft. */
export const DRAFT_NOTE = defineEntity<DraftNoteState>()({
  ...COMMON,
  kind: 'draft-note',
  isId: 'uuid',
  indexKeys: (state) => ({ sortAt: state.at, parent: state.wordingId }),
})

/** The id of the values of a scope: that of its incident, or `team`. */
export const valuesId = (scope: string): string => incidentOfScope(scope) ?? TEAM_SCOPE

export const WORDING_VALUES = defineEntity<WordingValuesState>()({
  ...COMMON,
  kind: 'wording-values',
  isId: (id) => id === TEAM_SCOPE || isUuid(id),
  indexKeys: null,
})
