import { expect, test } from 'vitest'
import { contentHash, type WordingContent } from '#domain/wording/content.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText, idOf, INCIDENT, joinText, opText } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { openApi } from './open-api.ts'

const CARA = idOf(0xc)
const DAN = idOf(0xd)
const WORDING = idOf(0x700)
const CONTENT: WordingContent = {
  title: '起火视频 首次回应',
  core: '已停售，热线 {hotline}。',
  blocks: [{ id: 'b1', kind: 'text', text: '请联系 {hotline}，或拨 13876541001。', action: '', owner: '', deadline: '' }],
  objections: [],
  variants: [],
}
const HASH = contentHash(CONTENT)
const OVERRULED = { ruleId: 'personal-data', excerpt: '138****1001', reason: '公司对外的值班手机' }

test('000-16, MS-10: the feed gives the published text with its values and nothing of a draft, until it is withdrawn', async () => {
  const clock = createFakeClock(TWO_AT_NIGHT)
  const api = await openApi(makeTempFolder('api-wordings', 'quick'), clock.now)
  await api.team.submit([joinText(CARA, '卡', 'legal')], CARA, { kind: 'invited', role: 'legal' })
  await api.team.submit([joinText(DAN, '丹', 'pr')], DAN, { kind: 'invited', role: 'pr' })
  const { secret } = await api.token(ANN)
  const read = async (query = `?incidentId=${INCIDENT}`) => (await api.call('GET', `/wordings${query}`, secret)).body
  const submit = async (actor: string, ...ops: Parameters<typeof opText>[0][]) => {
    const answers = await api.team.submit(
      ops.map((op) => opText({ ...op, replicaId: actor })),
      actor,
      null,
    )
    return JSON.stringify(answers)
  }
  await api.team.submit([declareText()], ANN, null)
  const place = { kind: 'statement', statement: 'first', scenario: '起火', emotion: null, language: 'zh-Hans', preparedFor: '' }
  const revisionId = idOf(0x701)
  await submit(
    BEN,
    {
      type: 'wording.create',
      kind: 'wording',
      id: WORDING,
      body: { place, title: CONTENT.title, core: CONTENT.core, origin: null },
    },
    { type: 'wording-draft.start', kind: 'wording-draft', id: WORDING, body: { content: { ...CONTENT, core: '秘密草稿' }, authors: [] } },
    {
      type: 'revision.write',
      kind: 'revision',
      id: revisionId,
      body: { wordingId: WORDING, number: 1, content: CONTENT, base: null, contributors: [], note: '', overruled: [OVERRULED] },
    },
    {
      type: 'wording.add-revision',
      kind: 'wording',
      id: WORDING,
      body: { revisionId, number: 1, hash: HASH, title: CONTENT.title, core: CONTENT.core },
    },
    { type: 'wording-values.set', kind: 'wording-values', id: INCIDENT, body: { values: { hotline: '400-800-1234' } } },
  )
  const publish = {
    type: 'wording.publish',
    kind: 'wording',
    id: WORDING,
    body: {
      revisionId,
      number: 1,
      hash: HASH,
      from: TWO_AT_NIGHT,
      until: null,
      summary: '首次',
      emergency: null,
      values: { hotline: '400-800-1234' },
    },
  }
  expect(await submit(DAN, publish)).toContain('not-approved')
  expect(await read()).toEqual({ wordings: [], unreadable: 0 })

  const policy = { roles: ['pr', 'legal'], inOrder: false, dueMinutes: 30 }
  const decide = (as: string) => ({
    type: 'revision.decide',
    kind: 'revision',
    id: revisionId,
    body: { hash: HASH, verdict: 'approve', as, comparedWith: null, note: '', comments: [], tell: [BEN] },
  })
  await submit(BEN, { type: 'revision.ask', kind: 'revision', id: revisionId, body: { hash: HASH, policy, asked: [] } })
  expect(await submit(BEN, decide('pr'))).toContain('own-text')
  await submit(CARA, decide('legal'))
  await submit(DAN, decide('pr'))
  await submit(DAN, { ...publish, body: { ...publish.body, values: { hotline: '任意文字' } } })
  expect(await read()).toEqual({ wordings: [], unreadable: 0 })
  await submit(DAN, publish)
  const answer = await read()
  expect(answer['wordings']).toEqual([
    {
      id: WORDING,
      revisionId,
      revision: 1,
      hash: HASH,
      kind: 'statement',
      statement: 'first',
      scenario: '起火',
      emotion: null,
      language: 'zh-Hans',
      publishedAt: expect.any(Number) as number,
      until: null,
      changed: '首次',
      approved: true,
      title: CONTENT.title,
      core: '已停售，热线 400-800-1234。',
      // A number that approvers have let through is part of the text.
      blocks: [{ kind: 'text', text: '请联系 400-800-1234，或拨 13876541001。' }],
      objections: [],
      variants: [],
    },
  ])
  expect(JSON.stringify(answer)).not.toContain('秘密')
  expect(await read('')).toEqual({ wordings: [], unreadable: 0 })
  expect((await api.call('GET', `/wordings?incidentId=${idOf(77)}`, secret)).status).toBe(404)
  const other = await api.token(ANN, 'personal', ['tasks:read'])
  expect((await api.call('GET', '/wordings', other.secret)).status).toBe(403)

  // Released again for tomorrow, the text in use stays in use.
  const later = { ...publish.body, from: clock.now() + 86_400_000 }
  await submit(DAN, { ...publish, body: later })
  expect((await read())['wordings']).toEqual(answer['wordings'])
  await submit(BEN, { type: 'wording.withdraw', kind: 'wording', id: WORDING, body: { revisionId, reason: '改期', instead: '' } })
  expect((await read())['wordings']).toEqual(answer['wordings'])

  await submit(BEN, { type: 'wording.withdraw', kind: 'wording', id: WORDING, body: { revisionId, reason: '数字有误', instead: '' } })
  expect(await read()).toEqual({ wordings: [], unreadable: 0 })
  expect(api.faults).toEqual([])
  await api.close()
})
