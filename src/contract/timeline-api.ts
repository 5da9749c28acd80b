import { ClockId } from '#domain/incidents/clocks.ts'
import type { GapRule } from '#domain/timeline/gaps.ts'
import {
  DecisionDetail,
  EntryContent,
  EntryKind,
  EntryText,
  EventTime,
  LinkRelation,
  Tag,
  TurningPoint,
  type EntryState,
} from '#domain/timeline/entry.ts'
import { Mentions } from '#domain/notices/notice.ts'
import { z } from 'zod'
import type { Pending } from './incident-api.ts'
import { command, query } from './procedure.ts'
import { ofIncident } from './topics.ts'

const EntryRef = z.strictObject({ incidentId: z.uuid(), entryId: z.uuid() })

/** Rows per page: what one call returns at most (sync study, figure 8). */
export const PAGE_SIZE = 200

export const TimelineFilter = z.strictObject({
  kinds: z.array(EntryKind).max(20).optional(),
  starred: z.boolean().optional(),
  tag: Tag.optional(),
  /** Half-open range of happening, milliseconds since 1970. */
  from: z.int().optional(),
  to: z.int().optional(),
  /** Words that must occur, by the rules of search. */
  text: z.string().max(200).optional(),
  order: z.enum(['happened', 'recorded']).default('happened'),
})
export type TimelineFilter = z.infer<typeof TimelineFilter>

/** An entry as a list shows it: long lists of comments and corrections stay behind their counts. */
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
  /** Short texts of linked entries, both ways. */
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
 * The shape of a filtered timeline: how many rows and pages, how many rows each day or hour has, and the tags of the incident.
 * `version` changes whenever the list may have changed.
 */
export type TimelineOutline = {
  total: number
  pages: number
  version: number
  /** Days, also where hours were asked for but would be too many to send. */
  grouping: Grouping
  groups: TimelineGroup[]
  tags: { tag: string; count: number }[]
  /** The incident without any filter; `late`: written down notably later than it happened (see `recordingLag`). */
  all: { total: number; starred: number; late: number }
  /** By what rule silences are marked; null where the filter hides entries, since what is not shown is no silence. */
  gapRule: GapRule | null
}

/** Rows of a list, and the silences to mark before some of them: `row` is a place in `rows`, `ms` how long nothing was recorded before it. */
export type TimelinePage = { page: number; version: number; rows: EntryRow[]; gaps: { row: number; ms: number }[] }

export const CLOCK_MARKS = ['met', 'met-late', 'missed'] as const
/** What became of a clock at a moment: met in time, met late, or run out unmet. */
export type ClockMark = { clock: ClockId; mark: (typeof CLOCK_MARKS)[number]; at: number }

/** A piece of the incident's time, half-open. */
export type TimelineBucket = {
  from: number
  to: number
  /** A long silence, drawn shorter than it was. */
  folded: boolean
  /** Entries of the incident, and how many of them the filter shows. */
  count: number
  shown: number
  /** Place in the filtered list of its first row, or where that would be. */
  first: number
  /** How many of each kind, shown or not, in the order of ENTRY_KINDS. */
  kinds: readonly number[]
  clocks: ClockMark[]
}

export const timelineApi = {
  /** Writes an entry; `evidence` names files already taken in (see evidence-api). */
  'timeline.record': command(
    z.strictObject({
      incidentId: z.uuid(),
      kind: EntryKind.exclude(['system']),
      text: EntryText,
      /** Left out: now. */
      happenedAt: EventTime.optional(),
      decision: DecisionDetail.optional(),
      turningPoint: TurningPoint.optional(),
      tags: z.array(Tag).max(30).optional(),
      /** Members named in the text; they are told. */
      mentions: Mentions.optional(),
      evidence: z
        .array(z.string().regex(/^[0-9a-f]{64}$/))
        .max(50)
        .optional(),
      /** What they are called in this entry, by hash; left out, as they were called last. */
      evidenceNames: z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string().trim().min(1).max(200)).optional(),
      /** Clocks that this entry meets, in the same act. */
      meets: z.array(z.string()).max(5).optional(),
    }),
    { action: 'entry.record' },
  ).returns<EntryView>(),
  'timeline.outline': query(
    z.strictObject({
      incidentId: z.uuid(),
      filter: TimelineFilter,
      zone: z.string().max(60),
      /** Left out: day. */ group: Grouping.optional(),
    }),
  )
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'timeline'))
    .returns<TimelineOutline>(),
  'timeline.page': query(z.strictObject({ incidentId: z.uuid(), filter: TimelineFilter, page: z.int().min(0) }))
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'timeline'))
    .returns<TimelinePage>(),
  /** The whole incident as at most a hundred buckets of time, for a strip to jump by. */
  'timeline.density': query(z.strictObject({ incidentId: z.uuid(), filter: TimelineFilter, zone: z.string().max(60) }))
    .dependsOn(({ incidentId }) => ofIncident(incidentId, 'timeline'))
    .returns<{
      buckets: TimelineBucket[]
    }>(),
  /** Which page and row an entry stands on, for jumping to it. */
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
