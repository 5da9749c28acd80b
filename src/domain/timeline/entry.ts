import { z } from 'zod'
import type { Mention } from '../notices/notice.ts'
import { EventTime } from '../time/event-time.ts'

/** Kinds of timeline entries. `system` entries are written by the app itself and carry an event instead of text. */
export const ENTRY_KINDS = [
  'observation',
  'decision',
  'action',
  'statement',
  'media-report',
  'regulator',
  'customer-voice',
  'turning-point',
  'system',
] as const
export const EntryKind = z.enum(ENTRY_KINDS)
export type EntryKind = z.infer<typeof EntryKind>

/** The five turning points (AN-07…AN-11): precursor, acceleration, emotion shift, topic widening, cooling. */
export const TURNING_POINTS = ['precursor', 'acceleration', 'emotion-shift', 'widening', 'cooling'] as const
export const TurningPoint = z.enum(TURNING_POINTS)
export type TurningPoint = z.infer<typeof TurningPoint>

export const ENTRY_TEXT_LIMIT = 8000
export const EntryText = z.string().trim().min(1).max(ENTRY_TEXT_LIMIT)
export const Tag = z
  .string()
  .trim()
  .min(1)
  .max(30)
  .regex(/^[^\s,，#→][^\s,，#]*$/)

/** Why it was decided, and who decided: both are required of a decision. */
export const DecisionDetail = z.strictObject({ reason: z.string().trim().min(1).max(2000), decidedBy: z.string().trim().min(1).max(80) })
export type DecisionDetail = z.infer<typeof DecisionDetail>

/** A file kept as evidence, identified by the SHA-256 of its content. */
export const Evidence = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().trim().min(1).max(200),
  /** Bytes. */
  size: z.int().min(0),
  mime: z.string().max(100),
})
export type Evidence = z.infer<typeof Evidence>

export const LINK_RELATIONS = ['relates', 'caused-by', 'answers'] as const
export const LinkRelation = z.enum(LINK_RELATIONS)
export type LinkRelation = z.infer<typeof LinkRelation>

/** A system note's event, in a language-independent form. */
export const SystemEvent = z.strictObject({
  code: z.enum([
    'declared',
    'clock-met',
    'clock-reopened',
    'clock-stopped',
    'imported',
    'import-undone',
    'revised',
    'level-changed',
    'command-handed-over',
    'authority-granted',
    'authority-ended',
    'restricted',
    'wording-published',
    'wording-released',
    'wording-withdrawn',
    'bulletin-issued',
    'bulletin-missed',
    'promise-kept',
    'promise-broken',
    'promise-moved',
    'promise-void',
    'unrestricted',
    'status-changed',
    'risk-assessed',
    'plan-applied',
    'task-done',
  ]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type SystemEvent = z.infer<typeof SystemEvent>

export const EntryContent = z.strictObject({
  kind: EntryKind,
  text: EntryText,
  happenedAt: EventTime,
  decision: DecisionDetail.optional(),
  turningPoint: TurningPoint.optional(),
})
export type EntryContent = z.infer<typeof EntryContent>

export type Comment = { id: string; author: string; text: string; at: number; mentions?: Mention[] }
export type Correction = { by: string; at: number; reason: string; before: EntryContent }
export type EntryLink = { to: string; relation: LinkRelation }

export type EntryState = EntryContent & {
  author: string
  /** Members mentioned in the text; omitted if there are none. */
  mentions?: Mention[]
  /** When it was recorded: hub time, or the author's clock while pending. */
  recordedAt: number
  event?: SystemEvent
  starred: boolean
  tags: string[]
  links: EntryLink[]
  evidence: Evidence[]
  comments: Comment[]
  /** Oldest first; `corrections[0].before` is the original. */
  corrections: Correction[]
  importId: string | null
  /** Line in the imported file, for reference. */
  sourceLine: number | null
}

export const LIMITS = { comments: 500, corrections: 100, links: 100, evidence: 50, tags: 30 } as const
