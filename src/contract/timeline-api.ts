import { ClockId } from '#domain/incidents/clocks.ts'
import type { GapRule } from '#domain/timeline/gaps.ts'
import {
  DecisionDetail,
  EntryContent,
  EntryKind,
  EntryText,
  LinkRelation,
  Tag,
  TurningPoint,
  type EntryState,
} from '#domain/timeline/entry.ts'
import { EventTime } from '#domain/time/event-time.ts'
import { Mentions } from '#domain/notices/notice.ts'
import { z } from 'zod'
import type { Pending } from './incident-api.ts'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

const EntryRef = z.strictObject({ incidentId: z.uuid(), entryId: z.uuid() })

/** Rows per page, the maximum of one call (sync study, figure 8). */
export const PAGE_SIZE = 200

export const TimelineFilter = z.strictObject({
  kinds: z.array(EntryKind).max(20).optional(),
  starred: z.boolean().optional(),
  tag: Tag.optional(),
  /** Half-open range of the time of the event, milliseconds since 1970. */
  from: z.int().optional(),
  to: z.int().optional(),
  /** Words that must occur, by the rules of search. */
  text: z.string().max(200).optional(),
  order: z.enum(['happened', 'recorded']).default('happened'),
})
export type TimelineFilter = z.infer<typeof TimelineFilter>

/** An entry as a list shows it: comments and corrections only as counts. */
export type EntryRow = Pending &
  Omit<EntryState, 'comments' | 'corrections'> & {
    id: string
    authorName: string
    commentCount: number
    correctionCount: number
    /** Clocks of the incident that this entry met. */
    metClocks: string[]
  }

export type EntryView = EntryRow & {
  comments: (EntryState['comments'][number] & { authorName: string })[]
  corrections: (EntryState['corrections'][number] & { byName: string })[]
  /** Short texts of linked entries, in both directions. */
  linked: {
    id: string
    relation: LinkRelation
    direction: 'to' | 'from'
    text: string
    event?: EntryState['event']
    happenedAt: number
    kind: EntryKind
  }[]
  importName: string | null
}

export const Grouping = z.enum(['day', 'hour'])
export type Grouping = z.infer<typeof Grouping>

/** Consecutive rows of one local day or hour that begins at `at` (milliseconds since 1970). `kinds` counts in the order of ENTRY_KINDS. */
export type TimelineGroup = { at: number; count: number; kinds: readonly number[] }

/**
 * The outline of a filtered timeline: the number of rows and pages, the rows of each day or hour, and the tags of the
 * incident. `version` changes whenever the list may have changed.
 */
export type TimelineOutline = {
  total: number
  pages: number
  version: number
  /** Days if hours were requested but there would be too many. */
  grouping: Grouping
  groups: TimelineGroup[]
  tags: { tag: string; count: number }[]
  /** Counts of the incident without any filter; `late`: recorded much later than it happened (see `recordingLag`). */
  all: { total: number; starred: number; late: number }
  /** The rule by which gaps are marked; null if the filter hides entries, because a hidden entry is not a gap. */
  gapRule: GapRule | null
}

/** Rows of a list, with the gaps to mark: `row` is an index in `rows`, `ms` how long nothing was recorded before it. */
export type TimelinePage = { page: number; version: number; rows: EntryRow[]; gaps: { row: number; ms: number }[] }

export const CLOCK_MARKS = ['met', 'met-late', 'missed'] as const
/** An event of a clock: met in time, met late, or run out unmet. */
export type ClockMark = { clock: ClockId; mark: (typeof CLOCK_MARKS)[number]; at: number }

/** A section of the incident's time, half-open. */
export type TimelineBucket = {
  from: number
  to: number
  /** A long gap, drawn shorter than it was. */
  folded: boolean
  /** Entries of the incident, and how many of them match the filter. */
  count: number
  shown: number
  /** Index of its first row in the filtered list, or where it would be. */
  first: number
  /** Count of each kind, matching or not, in the order of ENTRY_KINDS. */
  kinds: readonly number[]
  clocks: ClockMark[]
}

export const timelineApi = {
  /** Records an entry; `evidence` names files that were already uploaded (see `file-api.ts`). */
  'timeline.record': command(
    z.strictObject({
      incidentId: z.uuid(),
      kind: EntryKind.exclude(['system']),
      text: EntryText,
      /** Default: now. */
      happenedAt: EventTime.optional(),
      decision: DecisionDetail.optional(),
      turningPoint: TurningPoint.optional(),
      tags: z.array(Tag).max(30).optional(),
      /** Members mentioned in the text; they are notified. */
      mentions: Mentions.optional(),
      evidence: z
        .array(z.string().regex(/^[0-9a-f]{64}$/))
        .max(50)
        .optional(),
      /** File names in this entry, by hash; default: the last name of each file. */
      evidenceNames: z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string().trim().min(1).max(200)).optional(),
      /** Clocks that this entry meets, in the same action. */
      meets: z.array(z.string()).max(5).optional(),
    }),
    { action: 'entry.record' },
  ).returns<EntryView>(),
  'timeline.outline': query(
    z.strictObject({
      incidentId: z.uuid(),
      filter: TimelineFilter,
      zone: z.string().max(60),
      /** Default: day. */ group: Grouping.optional(),
    }),
  )
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'timeline'))
    .returns<TimelineOutline>(),
  'timeline.page': query(z.strictObject({ incidentId: z.uuid(), filter: TimelineFilter, page: z.int().min(0) }))
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'timeline'))
    .returns<TimelinePage>(),
  /** The whole incident as at most a hundred time buckets, for a navigation strip. */
  'timeline.density': query(z.strictObject({ incidentId: z.uuid(), filter: TimelineFilter, zone: z.string().max(60) }))
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'timeline'))
    .returns<{
      buckets: TimelineBucket[]
    }>(),
  /** The page and row of an entry, to jump to it. */
  'timeline.locate': query(EntryRef.extend({ filter: TimelineFilter }))
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'timeline'))
    .returns<{ page: number; row: number } | null>(),
  'timeline.entry': query(EntryRef)
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'timeline', 'incident'))
    .returns<EntryView>(),
  'timeline.correct': command(
    EntryRef.extend({
      content: EntryContent,
      reason: z.string().trim().min(1).max(500),
      /** Of the whole corrected text. */ mentions: Mentions.optional(),
    }),
    { action: 'entry.correct', edits: { kind: 'entry', id: 'entryId' } },
  ).returns<EntryView>(),
  'timeline.star': command(EntryRef.extend({ starred: z.boolean() }), { action: 'entry.star' }).returns<null>(),
  'timeline.comment': command(EntryRef.extend({ text: EntryText, mentions: Mentions.optional() }), {
    action: 'entry.comment',
  }).returns<EntryView>(),
  'timeline.tag': command(EntryRef.extend({ add: z.array(Tag).max(30), remove: z.array(Tag).max(30) }), {
    action: 'entry.mark',
    edits: { kind: 'entry', id: 'entryId' },
  }).returns<EntryView>(),
  'timeline.link': command(EntryRef.extend({ to: z.uuid(), relation: LinkRelation, remove: z.boolean().optional() }), {
    action: 'entry.mark',
  }).returns<EntryView>(),
  'timeline.attach': command(EntryRef.extend({ hash: z.string().regex(/^[0-9a-f]{64}$/), name: z.string().trim().min(1).max(200) }), {
    action: 'entry.attach',
  }).returns<EntryView>(),
}
