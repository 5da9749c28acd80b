import { z } from 'zod'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

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

const TOPIC = { incident: 'incident', task: 'tasks', assignment: 'people' } as const

/** Earlier writings of free texts: nothing that was saved is lost. */
export const textApi = {
  /** Newest first, the present one among them. */
  'texts.versions': query(FreeText.extend({ incidentId: z.uuid() }))
    .dependsOn(({ kind, incidentId }) => ofIncident(incidentId, TOPIC[kind]))
    .returns<TextVersion[]>(),
  /** Writes an earlier text once more, whole. */
  'texts.restore': command(FreeText.extend({ opId: z.string().min(1).max(80) })).returns<null>(),
}
