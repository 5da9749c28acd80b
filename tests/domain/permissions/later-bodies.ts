import { WRITTEN_BODIES } from './written-samples.ts'
import { DELIVERED } from './agent-samples.ts'
import { declaration, idOf } from '#tests/support/log-texts.ts'

const { clocks: _clocks, ...HISTORICAL } = declaration()

/** A valid body of each later version of an op. */
export const LATER_BODY_OF: Record<string, Record<string, unknown>> = {
  'incident.declare@2': { ...HISTORICAL, mode: 'historical' },
  'contact.remove-channel@2': { channelId: idOf(9), label: '夜间' },
  'task.revise@2': { owner: '罗', ownerId: null },
  'revision.decide@2': {
    hash: 'a'.repeat(64),
    verdict: 'approve',
    as: 'pr',
    comparedWith: null,
    note: '',
    comments: [],
    tell: [],
    values: {},
  },
  'wording.publish@2': DELIVERED,
  'draft-note.add@2': { ...WRITTEN_BODIES['draft-note.add'], tell: [idOf(9)] },
  'wording-draft.taken@2': { revisionId: idOf(9), hash: 'a'.repeat(64) },
  'wording-draft.edit@2': { update: 'AAA=', authors: [], of: 0 },
}
