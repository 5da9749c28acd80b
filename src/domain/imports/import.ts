import { z } from 'zod'

/** What an imported file became. */
export const ImportTarget = z.enum(['timeline', 'numbers'])
export type ImportTarget = z.infer<typeof ImportTarget>

/**
 * An import is a thing of its own, so that it appears and disappears as a whole with one op: what it brought is shown only
 * while its phase is `complete`.
 */
export type ImportPhase = 'running' | 'complete' | 'undone' | 'abandoned'

export type ImportState = {
  fileName: string
  fileHash: string
  target: ImportTarget
  phase: ImportPhase
  /** Rows that became entries or points, and rows that were refused. */
  imported: number
  refused: number
  startedAt: number
  startedBy: string
  endedAt: number | null
}
