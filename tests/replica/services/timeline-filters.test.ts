import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { ENTRY_KINDS, type EntryKind } from '#domain/timeline/entry.ts'
import type { CallInput } from '#contract/api.ts'
import { PAGE_SIZE, type EntryRow } from '#contract/timeline-api.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { createRandom, seeded } from '#tests/support/seeded.ts'
import { declareIncident, openReadyWorkspace, waitForSync, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

type Filter = CallInput<'timeline.page'>['filter']
type Known = { id: string; kind: EntryKind; text: string; happenedAt: number; tags: string[]; starred: boolean }

const MINUTE = 60_000
const KINDS = ['observation', 'action', 'statement', 'media-report', 'customer-voice'] as const
const TAGS = ['微博', '门店', 'recall'] as const
const TEXTS = ['饮用水投诉', '门店已停业', '媒体来电', '致歉声明', 'recall notice'] as const

/** The expected result of the filter, by checking every entry. Equal times keep the order of writing. */
function naively(known: readonly Known[], filter: Filter): string[] {
  return known
    .filter((entry) => !filter.kinds?.length || filter.kinds.includes(entry.kind))
    .filter((entry) => !filter.starred || entry.starred)
    .filter((entry) => filter.tag === undefined || entry.tags.includes(filter.tag))
    .filter((entry) => filter.from === undefined || entry.happenedAt >= filter.from)
    .filter((entry) => filter.to === undefined || entry.happenedAt < filter.to)
    .filter(
      (entry) =>
        filter.text === undefined ||
        filter.text.trim() === '' ||
        [entry.text, ...entry.tags].some((text) => text.includes(filter.text ?? '')),
    )
    .toSorted((a, b) => a.happenedAt - b.happenedAt)
    .map((entry) => entry.id)
}

async function shownIds(under: WorkspaceUnderTest, incidentId: string, filter: Filter): Promise<EntryRow[]> {
  const rows: EntryRow[] = []
  for (let page = 0; ; page++) {
    const read = await under.value('timeline.page', { incidentId, filter, page })
    rows.push(...read.rows)
    if (read.rows.length < PAGE_SIZE) return rows
  }
}

const human = (filter: Filter): Filter => ({ ...filter, kinds: filter.kinds?.length ? filter.kinds : [...KINDS] })

const anyFilter: fc.Arbitrary<Filter> = fc.record(
  {
    kinds: fc.subarray([...KINDS], { maxLength: 3 }),
    starred: fc.boolean(),
    tag: fc.constantFrom(...TAGS),
    from: fc.integer({ min: 0, max: 40 }).map((minutes) => TWO_AT_NIGHT - minutes * MINUTE),
    to: fc.integer({ min: 0, max: 40 }).map((minutes) => TWO_AT_NIGHT - minutes * MINUTE),
    text: fc.constantFrom('投诉', '门店', '声明', 'recall', ' ', '微博'),
  },
  { requiredKeys: [] },
)

type Move = { kind: 'write' | 'star' | 'tag' | 'correct' | 'rest'; a: number; b: number; c: number }
const anyMove: fc.Arbitrary<Move> = fc.record({
  kind: fc.constantFrom('write', 'write', 'write', 'star', 'tag', 'correct', 'rest'),
  a: fc.nat(60),
  b: fc.nat(40),
  c: fc.nat(40),
})

test(
  'property: a filtered timeline is exactly what looking at every entry gives, however reading and writing take turns',
  { timeout: 180_000 },
  async () => {
    const root = makeTempFolder('filters', 'quick')
    let runs = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyMove, { minLength: 8, maxLength: 40, size: 'max' }),
        fc.array(anyFilter, { minLength: 2, maxLength: 4 }),
        async (moves, filters) => {
          const folder = join(root, String(runs++))
          mkdirSync(folder)
          const under = await openReadyWorkspace(join(folder, 'data'))
          const incidentId = await declareIncident(under)
          const known: Known[] = []
          for (const { kind, a, b, c } of moves) {
            const one = known[a % Math.max(1, known.length)]
            if (kind === 'write') {
              const entry = {
                kind: KINDS[a % 5] ?? 'action',
                text: TEXTS[b % 5] ?? '',
                happenedAt: TWO_AT_NIGHT - c * MINUTE,
                tags: a % 2 === 0 ? [TAGS[b % 3] ?? ''] : [],
              }
              const { id } = await under.value('timeline.record', { incidentId, ...entry })
              known.push({ id, starred: false, ...entry })
            } else if (kind === 'rest') await waitForSync(under)
            else if (one && kind === 'star') {
              one.starred = b % 2 === 0
              await under.value('timeline.star', { incidentId, entryId: one.id, starred: one.starred })
            } else if (one && kind === 'tag') {
              const tag = TAGS[b % 3] ?? ''
              one.tags = c % 2 === 0 ? [...new Set([...one.tags, tag])] : one.tags.filter((own) => own !== tag)
              await under.value('timeline.tag', {
                incidentId,
                entryId: one.id,
                add: c % 2 === 0 ? [tag] : [],
                remove: c % 2 === 0 ? [] : [tag],
              })
            } else if (one && kind === 'correct') {
              // The text before a correction stays searchable, so the model corrects the time and keeps the text.
              one.happenedAt = TWO_AT_NIGHT - b * MINUTE
              await under.value('timeline.correct', {
                incidentId,
                entryId: one.id,
                content: { kind: one.kind, text: one.text, happenedAt: one.happenedAt },
                reason: '时间',
              })
            }
            const filter = human(filters[a % filters.length] ?? {})
            expect((await shownIds(under, incidentId, filter)).map((row) => row.id)).toEqual(naively(known, filter))
            expect((await under.value('timeline.outline', { incidentId, filter, zone: 'Asia/Shanghai' })).total).toBe(
              naively(known, filter).length,
            )
          }
          const counts = new Map<string, number>()
          for (const tag of known.flatMap((entry) => entry.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
          const { tags } = await under.value('timeline.outline', { incidentId, filter: {}, zone: 'utc' })
          expect(new Map(tags.map(({ tag, count }) => [tag, count]))).toEqual(counts)
          await under.close()
        },
      ),
      seeded(25),
    )
  },
)

test('5,000 entries: outline, pages and places agree, in both orders and in two zones', { timeout: 180_000 }, async () => {
  const under = await openReadyWorkspace(join(makeTempFolder('long', 'quick'), 'data'))
  const incidentId = await declareIncident(under)
  const random = createRandom(7)
  const known: Known[] = []
  for (let index = 0; index < 5000; index++) {
    const entry = {
      kind: KINDS[index % 5] ?? 'action',
      text: `第 ${index} 条`,
      happenedAt: TWO_AT_NIGHT - Math.floor(random() * 3000) * MINUTE,
      tags: [],
    }
    const { id } = await under.value('timeline.record', { incidentId, ...entry })
    known.push({ id, starred: false, ...entry })
  }
  await waitForSync(under)
  const filter = human({})
  const outline = await under.value('timeline.outline', { incidentId, filter, zone: 'Asia/Shanghai' })
  expect([outline.total, outline.pages]).toEqual([5000, 25])
  const expected = naively(known, filter)
  const shown = await shownIds(under, incidentId, filter)
  expect(shown.map((row) => row.id)).toEqual(expected)
  for (const zone of ['Asia/Shanghai', 'America/New_York']) {
    for (const group of ['day', 'hour'] as const) {
      const { groups, grouping } = await under.value('timeline.outline', { incidentId, filter, zone, group })
      const counted = Map.groupBy(known, (entry) => DateTime.fromMillis(entry.happenedAt, { zone }).startOf(group).toMillis())
      const kinds = (entries: readonly Known[]) => ENTRY_KINDS.map((kind) => entries.filter((entry) => entry.kind === kind).length)
      expect(grouping).toBe(group)
      expect(groups).toEqual(
        [...counted].map(([at, entries]) => ({ at, count: entries.length, kinds: kinds(entries) })).toSorted((a, b) => a.at - b.at),
      )
    }
  }
  for (let index = 0; index < 5000; index += 157) {
    const entryId = expected[index] ?? ''
    expect(await under.value('timeline.locate', { incidentId, entryId, filter })).toEqual({
      page: Math.floor(index / PAGE_SIZE),
      row: index % PAGE_SIZE,
    })
  }
  const recorded = await shownIds(under, incidentId, { ...filter, order: 'recorded' })
  expect(recorded.map((row) => row.recordedAt)).toEqual(recorded.map((row) => row.recordedAt).toSorted((a, b) => a - b))
  expect(new Set(recorded.map((row) => row.id))).toEqual(new Set(expected))
  // With a filter that hides the entry, its position is null.
  expect(await under.value('timeline.locate', { incidentId, entryId: expected[0] ?? '', filter: { starred: true } })).toBeNull()
})
