import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSheets, textsIn } from '#tests/support/excel-sheets.ts'
import type { Entity } from '#domain/log/entity.ts'
import { SystemEvent, type EntryState } from '#domain/timeline/entry.ts'
import { noteText } from '#domain/timeline/system-notes.ts'
import type { ExportFormat } from '#contract/file-api.ts'
import { entryRows } from '#replica/exports/entry-table.ts'
import type { IncidentDocument } from '#replica/exports/incident-document.ts'
import { markdownPieces } from '#replica/exports/write-markdown.ts'
import { readerWords } from '#replica/words/reader-words.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { seeded } from '#tests/support/seeded.ts'
import { declareIncident, openReadyWorkspace, type WorkspaceUnderTest } from '#tests/support/workspace-under-test.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { fetchExport } from './fetch-export.ts'

/** Both languages at once, as notes are stored, and the codes within them. */
const RAW = /clock met|level changed|incident declared|first-statement|initial-complaint|·\s(?:clock|level|incident|status)\b|: 2 → 1/

/** An incident with one note of each kind that needs no other member. */
async function openRoom(): Promise<{ under: WorkspaceUnderTest; incidentId: string }> {
  const under = await openReadyWorkspace(join(makeTempFolder('event-words', 'quick'), 'data'), createFakeClock().now)
  const incidentId = await declareIncident(under, { title: '投诉', level: 2 })
  await under.value('timeline.record', { incidentId, kind: 'statement', text: '已公开致歉', meets: ['first-statement'] })
  await under.value('incidents.changeLevel', { incidentId, to: 1, reason: '登上热搜' })
  await under.value('incidents.setStatus', { incidentId, to: 'contained', reason: '热度下降' })
  return { under, incidentId }
}

async function textOf(under: WorkspaceUnderTest, incidentId: string, format: ExportFormat, language: 'zh-Hans' | 'en'): Promise<string> {
  const { bytes } = await fetchExport(under, incidentId, format, { language })
  if (format !== 'xlsx') return bytes.toString()
  return textsIn(await readSheets(bytes)).join('\n')
}

const WORDED = {
  'zh-Hans': ['完成时限“首次声明”', '二级改为一级：登上热搜', '状态由“进行中”改为“已控制”', '24 小时处置', '有效回应', '截止', '决策人'],
  en: [
    'Clock “First statement” met',
    'Level II changed to Level I: 登上热搜',
    'Status changed from “In progress” to “Contained”',
    'Resolve within 24 h',
    'Public response',
    'Due',
    'Decided by',
  ],
} as const

test.each(['md', 'csv', 'xlsx'] as const)('%s words what the app noted as the screens do, in the language asked for', async (format) => {
  const { under, incidentId } = await openRoom()
  await under.value('timeline.record', {
    incidentId,
    kind: 'decision',
    text: '下架',
    decision: { reason: '批次未核实', decidedBy: '林舟' },
  })
  for (const language of ['zh-Hans', 'en'] as const) {
    const text = await textOf(under, incidentId, format, language)
    expect(text).not.toMatch(RAW)
    // A table of the timeline has no section for clocks.
    const wanted =
      format === 'csv' ? WORDED[language].filter((part) => !/^(?:24|有效|Resolve|Public|截止|Due)/.test(part)) : WORDED[language]
    for (const part of wanted) expect(text.replaceAll('\\', ''), `${language} ${part}`).toContain(part)
  }
})

test('a hit on what the app noted is worded in the language asked for, whatever words found it', async () => {
  const { under } = await openRoom()
  for (const [language, words] of [
    ['zh-Hans', '二级改为一级：登上热搜'],
    ['en', 'Level II changed to Level I: 登上热搜'],
  ] as const) {
    const { hits } = await under.value('search.query', { text: '登上热搜', language })
    const hit = hits.find(({ entryKind }) => entryKind === 'system')
    expect(hit?.excerpt).toBe(words)
    const [from = 0, to = 0] = hit?.marks[0] ?? []
    expect(hit?.excerpt.slice(from, to)).toBe('登上热搜')
    for (const text of ['clock met', '调整等级'])
      for (const one of (await under.value('search.query', { text, language })).hits) expect(one.excerpt).not.toMatch(RAW)
  }
})

test('a link to what the app noted carries the event, so that a screen can word it', async () => {
  const { under, incidentId } = await openRoom()
  const page = await under.value('timeline.page', { incidentId, filter: {}, page: 0 })
  const note = page.rows.find((row) => row.event?.code === 'level-changed')
  const entry = await under.value('timeline.record', { incidentId, kind: 'action', text: '已知会' })
  const linked = await under.value('timeline.link', { incidentId, entryId: entry.id, to: note?.id ?? '', relation: 'caused-by' })
  expect(linked.linked).toMatchObject([{ id: note?.id, event: { code: 'level-changed', params: { from: 2, to: 1 } } }])
})

const whole: EntryState = {
  kind: 'system',
  text: '存下的文字',
  happenedAt: TWO_AT_NIGHT,
  recordedAt: TWO_AT_NIGHT,
  author: 'a',
  starred: false,
  tags: [],
  links: [],
  evidence: [],
  comments: [],
  corrections: [],
  importId: null,
  sourceLine: null,
}

test('property: whatever is stored as an event or an entry, a file is written, and every entry has its place in it', () => {
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(9e15, '__proto__', 'toString', '{{reason}}', '$t(terms:level.1)'))
  const event = fc.oneof(odd, fc.record({ code: fc.oneof(fc.constantFrom(...SystemEvent.shape.code.options), odd), params: odd }))
  const entry = fc.oneof(
    event.map((one) => ({ ...whole, event: one })),
    fc.dictionary(fc.constantFrom(...(Object.keys(whole) as (keyof EntryState)[])), odd).map((change) => ({ ...whole, ...change })),
  )
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 4 }), fc.constantFrom('zh-Hans' as const, 'en' as const), (states, language) => {
      const entries = states.map((state, index) => ({ id: String(index), state }) as unknown as Entity<EntryState>)
      const words = readerWords(language, 'Asia/Shanghai')
      const rows = [...entryRows(entries, { words, zone: 'Asia/Shanghai', ids: true, names: () => '安' })]
      expect(rows).toHaveLength(states.length)
      expect(rows.flat().every((cell) => cell === null || ['string', 'number', 'boolean', 'object'].includes(typeof cell))).toBe(true)
      const parts = {
        incident: { title: 't', known: '', clocks: [], level: 1, commanderName: '安', declaredAt: 0 },
        series: [],
        tasks: null,
        people: null,
        risk: null,
        chosen: { entries: 'all', parts: [] },
        entries,
        words,
        zone: 'Asia/Shanghai',
        now: 0,
        names: () => '安',
      } as unknown as IncidentDocument
      expect(
        [...markdownPieces(parts)]
          .join('')
          .split('\n')
          .filter((line) => line.startsWith('### ')),
      ).toHaveLength(states.length)
    }),
    seeded(300),
  )
})

test('an event that nobody knows shows the text it was stored with', () => {
  const event = { code: 'of-a-later-version', params: {} } as unknown as SystemEvent
  expect(readerWords('en', 'utc').entry({ text: '存下的文字', event })).toBe('存下的文字')
  expect(
    readerWords('en', 'utc').entry({ text: noteText({ code: 'unrestricted', params: {} }), event: { code: 'unrestricted', params: {} } }),
  ).toBe('Open to the whole team')
})
