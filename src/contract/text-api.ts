import { z } from 'zod'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

/** A free text of an entity: a field that several people edit. */
export const FreeText = z.strictObject({
  kind: z.enum(['incident', 'task', 'assignment', 'contact']),
  id: z.string().min(1).max(80),
  field: z.string().min(1).max(40),
})
export type FreeText = z.infer<typeof FreeText>

/**
 * One version of a free text. `overtaken`: overwritten by a member who had not seen it. `at`: hub time, or the author's
 * clock while pending; null if only the text is still known.
 */
export type TextVersion = { opId: string; text: string; at: number; byName: string; pending: boolean; current: boolean; overtaken: boolean }

const TOPIC = { incident: 'incident', task: 'tasks', assignment: 'people' } as const

/** Earlier versions of free texts: nothing that was saved is lost. */
export const textApi = {
  /** Newest first, including the current one. `incidentId`: null for an entity of the team. */
  'texts.versions': query(FreeText.extend({ incidentId: z.uuid().nullable() }))
    .dependsOn(({ kind, incidentId }) => (kind === 'contact' || incidentId === null ? ['contacts'] : ofIncident(incidentId, TOPIC[kind])))
    .returns<TextVersion[]>(),
  /** Writes the whole text of an earlier version again. */
  'texts.restore': command(FreeText.extend({ opId: z.string().min(1).max(80) })).returns<null>(),
}
