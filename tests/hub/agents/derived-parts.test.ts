import { expect, test } from 'vitest'
import { EMPTY_CONTENT, contentHash, type WordingContent } from '#domain/wording/content.ts'
import { PLAIN_DELIVERY } from '#domain/wording/delivery.ts'
import { filledText } from '#domain/wording/filled-text.ts'
import type { Release, WordingState } from '#domain/wording/wording.ts'
import { createDerivedParts, type DeriveParts } from '#hub/agents/derived-parts.ts'
import { prepareNext, releasedText } from '#hub/agents/released-text.ts'
import { ANN, idOf } from '#tests/support/log-texts.ts'
import { contentOf, PLACE } from './console-hub.ts'

const NOW = 1_000_000
const contents = [contentOf('三个工作日内到账，请拨打{hotline}。'), contentOf('五个工作日内到账，请拨打{hotline}。')]
const idsOf = (index: number) => ({ revisionId: idOf(0x10 + index), hash: contentHash(contents[index] ?? EMPTY_CONTENT) })
const readContent = ({ revisionId }: { revisionId: string }): Promise<WordingContent | null> =>
  Promise.resolve(contents.find((_, index) => idsOf(index).revisionId === revisionId) ?? null)

const releaseOf = (index: number, at: number, values: Release['values']): Release => ({
  ...idsOf(index),
  number: index + 1,
  from: at,
  until: null,
  summary: '',
  values,
  emergency: null,
  delivery: PLAIN_DELIVERY,
  at,
  by: ANN,
})

const written: WordingState = {
  ...PLACE,
  title: '退款说明',
  core: '',
  createdAt: 0,
  createdBy: ANN,
  origin: null,
  revisions: contents.map((_, index) => {
    const { revisionId, hash } = idsOf(index)
    return { id: revisionId, number: index + 1, hash, by: ANN, at: 0 }
  }),
  live: null,
  past: [],
  removed: false,
}
const placeOf = (state: WordingState) => ({ id: idOf(1), incidentId: null, state })

/** Derives, and keeps what was asked for. */
function watchDeriving() {
  const derive = createDerivedParts()
  const asked: Parameters<DeriveParts>[] = []
  const watched: DeriveParts = (...given) => {
    asked.push(given)
    return derive(...given)
  }
  return { watched, asked }
}

test('what was derived of the same texts is not derived again; of other texts it is', async () => {
  const derive = createDerivedParts()
  const [before, after] = contents.map((content) => filledText(content, {}))
  if (!before || !after) throw new Error('two texts')
  const first = await derive('退款', after, before)
  expect(first.marks.length).toBeGreaterThan(0)
  expect(first.initials).toContain('tksm')
  expect(await derive('退款', structuredClone(after), structuredClone(before))).toBe(first)
  expect((await derive('退款', after, null)).marks).toEqual([])
  expect((await derive('物流', after, before)).pinyin).not.toBe(first.pinyin)
})

test('what is prepared for the next revision is what its release asks for, at once or scheduled', async () => {
  const values = { hotline: '400-1' }
  const live = releaseOf(0, NOW - 100, values)
  const next = releaseOf(1, NOW, values)
  const scheduled = { ...next, from: NOW + 50 }
  const past = [{ ...live, endedAt: NOW, endedBy: ANN, end: 'superseded' as const, reason: '', instead: '' }]
  for (const prepared of [
    { ...written, live },
    { ...written, live: scheduled, past },
  ]) {
    const { watched, asked } = watchDeriving()
    await prepareNext(placeOf(prepared), readContent, watched, NOW)
    await releasedText(placeOf({ ...written, live: next, past }), readContent, watched, NOW + 50)
    expect(asked).toHaveLength(2)
    expect(asked[0]).toEqual(asked[1])
  }
  const { watched, asked } = watchDeriving()
  await prepareNext(placeOf({ ...written, live: next, past }), readContent, watched, NOW)
  expect(asked).toEqual([])
})
