import { z } from 'zod'
import { procedure } from './procedure.ts'

/** A free text of a thing: what several people write into one field. */
export const FreeText = z.strictObject({
  kind: z.enum(['incident', 'task', 'assignment']),
  id: z.string().min(1).max(80),
  field: z.string().min(1).max(40),
})
export type FreeText = z.infer<typeof FreeText>

/**
 * One writing of a free text. `overtaken`: somebody wrote over it without having seen it. `at`: hub time, or the author's clock
 * while it is pending; null where only the text is still known.
 */
export type TextVersion = { opId: string; text: string; at: number; byName: string; pending: boolean; current: boolean; overtaken: boolean }

/** Earlier writings of free texts: nothing that was saved is lost. */
export const textApi = {
  /** Newest first, the present one among them. */
  'texts.versions': procedure(FreeText).returns<TextVersion[]>(),
  /** Writes an earlier text once more, whole. */
  'texts.restore': procedure(FreeText.extend({ opId: z.string().min(1).max(80) })).returns<null>(),
}
