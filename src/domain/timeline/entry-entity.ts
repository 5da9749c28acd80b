import { defineEntity } from '../define-entity.ts'
import { LINK_LABEL } from '../log/index-keys.ts'
import { maskPersonal } from '../privacy/mask-personal.ts'
import type { EntryState } from './entry.ts'

export const ENTRY = defineEntity<EntryState>()({
  kind: 'entry',
  scope: 'incident',
  isId: 'uuid',
  indexKeys: (state) => ({
    sortAt: state.happenedAt,
    facet: state.kind,
    origin: state.importId,
    starred: state.starred,
    counted: state.kind !== 'system',
    labels: [...state.tags.map(maskPersonal), ...state.links.map((link) => `${LINK_LABEL}${link.to}`)],
    files: state.evidence,
  }),
  searchable: ({ text, decision, tags, corrections, comments, evidence }) => [
    text,
    decision?.reason,
    decision?.decidedBy,
    ...tags,
    ...corrections.map((correction) => correction.before.text),
    ...comments.map((comment) => comment.text),
    ...evidence.map((file) => file.name),
  ],
  freeTexts: null,
  revealable: true,
  noticeHolds: {},
})
