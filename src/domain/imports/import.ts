import { z } from 'zod'

/** What an imported file is turned into. */
export const ImportTarget = z.enum(['timeline', 'numbers'])
export type ImportTarget = z.infer<typeof ImportTarget>

/**
 * An import is a separate entity, so that one op shows or hides all of its content: the content is shown only while the
 * phase is `complete`.
 */
export type ImportPhase = 'running' | 'complete' | 'undone' | 'abandoned'

export type ImportState = {
  fileName: string
  fileHash: string
  target: ImportTarget
  phase: ImportPhase
  /** Rows that became entries or points, and refused rows. */
  imported: number
  refused: number
  startedAt: number
  startedBy: string
  endedAt: number | null
}
