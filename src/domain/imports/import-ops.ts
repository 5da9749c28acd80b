import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { createEntity, type Entity } from '../log/entity.ts'
import { refuse } from '../log/refusal.ts'
import { IMPORT } from './import-entity.ts'
import { ImportTarget, type ImportPhase, type ImportState } from './import.ts'

export const ImportBegin = z.strictObject({
  fileName: z.string().trim().min(1).max(200),
  /** SHA-256 of the file, lower-case hex; detects that the same file is imported twice. */
  fileHash: z.string().regex(/^[0-9a-f]{64}$/),
  target: ImportTarget,
})
export const ImportComplete = z.strictObject({ imported: z.int().min(0), refused: z.int().min(0) })
export const ImportEnd = z.strictObject({})

function isStarter(entity: Entity<ImportState>, context: DecisionContext): boolean {
  return entity.state.startedBy === context.actorId
}

function toPhase(
  entity: Entity<ImportState> | undefined,
  from: ImportPhase,
  phase: ImportPhase,
  at: number,
): Entity<ImportState> | undefined {
  if (entity?.state.phase !== from) return entity
  return { ...entity, state: { ...entity.state, phase, endedAt: at } }
}

export const IMPORT_OPS = [
  IMPORT.op('import.begin', {
    version: 1,
    body: ImportBegin,
    action: 'import.write',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, entity) => (entity ? refuse('already-exists') : null),
    fold: (entity, body, applied, op) =>
      entity ??
      createEntity<ImportState>(op, {
        ...body,
        phase: 'running',
        imported: 0,
        refused: 0,
        startedAt: applied.recordedAt,
        startedBy: applied.actor,
        endedAt: null,
      }),
  }),
  IMPORT.op('import.complete', {
    version: 1,
    body: ImportComplete,
    action: 'import.end',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, entity) => (entity?.state.phase === 'running' ? null : refuse('import-not-running')),
    fold: (entity, body, applied) => {
      const ended = toPhase(entity, 'running', 'complete', applied.recordedAt)
      return ended && ended !== entity ? { ...ended, state: { ...ended.state, ...body } } : ended
    },
  }),
  IMPORT.op('import.abandon', {
    version: 1,
    body: ImportEnd,
    action: 'import.end',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, entity) => (entity?.state.phase === 'running' ? null : refuse('import-not-running')),
    fold: (entity, _body, applied) => toPhase(entity, 'running', 'abandoned', applied.recordedAt),
  }),
  IMPORT.op('import.undo', {
    version: 1,
    body: ImportEnd,
    action: 'import.undo',
    own: isStarter,
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, entity) => {
      if (entity?.state.phase === 'undone') return refuse('import-already-undone')
      return entity?.state.phase === 'complete' ? null : refuse('import-not-complete')
    },
    fold: (entity, _body, applied) => toPhase(entity, 'complete', 'undone', applied.recordedAt),
  }),
  IMPORT.op('import.restore', {
    version: 1,
    body: ImportEnd,
    action: 'import.undo',
    own: isStarter,
    expects: null,
    notifies: null,
    webhook: null,
    decide: (_context, entity) => (entity?.state.phase === 'undone' ? null : refuse('import-not-complete')),
    fold: (entity, _body, applied) => toPhase(entity, 'undone', 'complete', applied.recordedAt),
  }),
]
