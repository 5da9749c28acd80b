import type { DraftShelf } from '#client/demo-room.ts'
import { IncidentLevel, IncidentMode, IncidentType, Stage } from '#domain/incidents/incident.ts'
import { incidentType, type IncidentTypeId } from '#domain/incidents/incident-types.ts'
import { parseWhen } from '#ui/time/when-text.ts'
import { z } from 'zod'

/** An unfinished declaration. Values that follow from the type stay null until the user overrides them. */
export const DeclareDraft = z.strictObject({
  title: z.string(),
  type: IncidentType.nullable(),
  level: IncidentLevel.nullable(),
  stage: Stage,
  known: z.string(),
  mode: IncidentMode,
  /** Start of a historical incident, as typed. */
  declaredAt: z.string().default(''),
  apologyDue: z.boolean().nullable(),
  /** Ids of the members who may read it besides the author; null for the whole team. */
  restrictedTo: z.array(z.uuid()).nullable().default(null),
})
export type DeclareDraft = z.infer<typeof DeclareDraft>

export const EMPTY_DRAFT: DeclareDraft = {
  title: '',
  type: null,
  level: null,
  stage: 'initial-complaint',
  known: '',
  mode: 'real',
  declaredAt: '',
  apologyDue: null,
  restrictedTo: null,
}

const KEY = 'stormroom.declare-draft'

/** The stored draft, or null. */
export function loadDraft(storage: DraftShelf): DeclareDraft | null {
  try {
    const parsed = DeclareDraft.safeParse(JSON.parse(storage.getItem(KEY) ?? 'null'))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Stores a draft for this window; removes an empty one. */
export function keepDraft(storage: DraftShelf, draft: DeclareDraft): void {
  if (JSON.stringify(draft) === JSON.stringify(EMPTY_DRAFT)) storage.removeItem(KEY)
  else storage.setItem(KEY, JSON.stringify(draft))
}

/**
 * The level that a type's danger stars suggest (requirements, section 5, item 2: five and four stars: level I; three: level II; fewer:
 * level III). The user decides.
 */
export function suggestedLevel(type: IncidentTypeId): IncidentLevel {
  const { danger } = incidentType(type)
  if (danger >= 4) return 1
  return danger === 3 ? 2 : 3
}

/** The effective level: chosen, else suggested by the type, else null. */
export function levelOf(draft: DeclareDraft): IncidentLevel | null {
  return draft.level ?? (draft.type ? suggestedLevel(draft.type) : null)
}

/** Whether an apology is due: as chosen, else the default of the type (C1-03). */
export function apologyOf(draft: DeclareDraft): boolean {
  return draft.apologyDue ?? (draft.type ? incidentType(draft.type).apologyUsual : false)
}

/** The start of a historical incident; null if it is missing, invalid, or not in the past. */
export function beganAt(draft: DeclareDraft, now: number): number | null {
  const at = draft.declaredAt.trim() === '' || !Number.isFinite(now) ? null : parseWhen(draft.declaredAt, now)
  return at !== null && at < now ? at : null
}

export type DraftFault = 'titleMissing' | 'titleLong' | 'typeMissing' | 'levelMissing' | 'knownLong' | 'declaredAtMissing'

/** The fields that can be wrong. */
export type DraftField = 'title' | 'type' | 'level' | 'known' | 'declaredAt'

/**
 * The problems that prevent declaring, by field.
 * @param now milliseconds since 1970; a historical incident began before it
 */
export function faultsOf(draft: DeclareDraft, now = Number.POSITIVE_INFINITY): Partial<Record<DraftField, DraftFault>> {
  const title = draft.title.trim()
  return {
    ...(title === '' ? { title: 'titleMissing' as const } : title.length > 120 ? { title: 'titleLong' as const } : {}),
    ...(draft.type === null ? { type: 'typeMissing' as const } : {}),
    ...(levelOf(draft) === null ? { level: 'levelMissing' as const } : {}),
    ...(draft.mode === 'historical' && beganAt(draft, now) === null ? { declaredAt: 'declaredAtMissing' as const } : {}),
    ...(draft.known.trim().length > 8000 ? { known: 'knownLong' as const } : {}),
  }
}
