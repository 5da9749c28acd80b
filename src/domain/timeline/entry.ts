import { z } from 'zod'
import type { Mention } from '../notices/notice.ts'

/** What a timeline entry is about. `system` is written by the app itself and carries an event instead of words. */
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

/** Why it was decided, and who decided: a decision without both is an observation. */
export const DecisionDetail = z.strictObject({ reason: z.string().trim().min(1).max(2000), decidedBy: z.string().trim().min(1).max(80) })
export type DecisionDetail = z.infer<typeof DecisionDetail>

/** A file kept as evidence: named by the SHA-256 of its content. */
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

/** What the app noted by itself, in a form that every language can word. */
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
    'unrestricted',
    'status-changed',
    'risk-assessed',
    'plan-applied',
    'task-done',
  ]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type SystemEvent = z.infer<typeof SystemEvent>

/** Milliseconds since 1970 between the years 1990 and 2100: what a timeline can hold. */
export const EventTime = z.int().min(631_152_000_000).max(4_133_980_800_000)

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
  /** Who is named in the text; left out where nobody is. */
  mentions?: Mention[]
  /** When it was written down: hub time, or the author's clock while it is pending. */
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
  /** Line of the imported file, for looking back. */
  sourceLine: number | null
}

export const LIMITS = { comments: 500, corrections: 100, links: 100, evidence: 50, tags: 30 } as const
