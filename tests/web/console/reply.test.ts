import { expect, test } from 'vitest'
import { AGENT_VARIABLES } from '#domain/wording/values.ts'
import {
  composeReply,
  FILLED_BY_AGENTS,
  fillIn,
  movePiece,
  openVariables,
  outdatedPieces,
  removePiece,
  wholeText,
} from '#web/console/state/pieces.ts'
import { countSections, groupTexts } from '#web/console/state/sections.ts'
import { segmentsOf } from '#web/console/state/segments.ts'
import { linkSecret, takeLinkSecret } from '#web/console/link-secret.ts'
import { makeText } from './console-texts.ts'

const text = makeText({
  id: 'a',
  blocks: [
    { id: 's', kind: 'step', text: '先别打断' },
    { id: 'e', kind: 'empathy', text: '我理解。' },
    { id: 'c', kind: 'commitment', text: '{deadline}前由{owner}回电。' },
  ],
  variants: [{ id: 'v', audience: null, channel: 'sms', text: '短信' }],
})
const pieces = ['一', '二 {agent}', '三'].map((own, index) => ({ key: String(index), from: text, text: own }))

test('a whole text is what is said to the customer, never how to behave', () => {
  expect(wholeText(text, null)).toBe('我理解。\n{deadline}前由{owner}回电。')
  expect(wholeText(text, 'v')).toBe('短信')
  expect(wholeText(makeText({ id: 'b', core: '只有核心', blocks: [{ id: 's', kind: 'step', text: '提示' }] }), null)).toBe('只有核心')
})

test('pieces are moved and removed; at an end they stay', () => {
  const keys = (list: readonly { key: string }[]) => list.map(({ key }) => key).join('')
  expect(keys(movePiece(pieces, '0', 1))).toBe('102')
  expect(keys(movePiece(pieces, '2', -1))).toBe('021')
  expect([keys(movePiece(pieces, '0', -1)), keys(movePiece(pieces, '2', 1)), keys(movePiece(pieces, 'x', 1))]).toEqual([
    '012',
    '012',
    '012',
  ])
  expect(keys(removePiece(pieces, '1'))).toBe('02')
})

test('a reply is filled in with what the agent knows; what is missing stays in sight', () => {
  expect(composeReply(pieces, { agent: '王敏' })).toBe('一\n二 王敏\n三')
  expect(fillIn('{owner}在{deadline}前', { owner: ' 李工 ', deadline: '  ' })).toBe('李工在{deadline}前')
  expect(openVariables(['{b}{a}', '{a} {不是} {c}'])).toEqual(['b', 'a', 'c'])
})

test('pieces of a text that changed or is gone are outdated', () => {
  expect(outdatedPieces(pieces, [text])).toEqual([])
  expect(outdatedPieces(pieces, [{ ...text, revisionId: 'r2' }])).toHaveLength(3)
  expect(outdatedPieces(pieces, [])).toHaveLength(3)
})

test('texts are grouped by scenario, the incident first; a mood leaves those for any', () => {
  const texts = [
    makeText({ id: '1', scenario: '退货', title: '第 10 步' }),
    makeText({ id: '2', scenario: '退货', title: '第 9 步', emotion: 'calm' }),
    makeText({ id: '3', scenario: '', title: '通用' }),
    makeText({ id: '4', scenario: '召回', title: '事件', incidentId: 'i', emotion: 'angry' }),
    makeText({ id: '5', scenario: '召回', title: '常备', blocks: [{ id: 's', kind: 'step', text: '听' }] }),
    makeText({ id: '6', kind: 'handover' }),
  ]
  const shape = (groups: ReturnType<typeof groupTexts>) =>
    groups.map(({ scenario, texts: own }) => [scenario, own.map(({ id }) => id).join('')])
  expect(shape(groupTexts(texts, 'scripts', null))).toEqual([
    ['召回', '45'],
    ['退货', '21'],
    ['', '3'],
  ])
  expect(shape(groupTexts(texts, 'scripts', 'angry'))).toEqual([
    ['召回', '45'],
    ['退货', '1'],
    ['', '3'],
  ])
  expect(shape(groupTexts(texts, 'talk', null))).toEqual([['召回', '5']])
  expect(countSections(texts)).toMatchObject({ scripts: 5, talk: 1, handover: 1, faq: 0 })
})

test('a text is cut where marks begin and end, also when they overlap or lie outside', () => {
  expect(segmentsOf('取件二十四小时', [{ start: 2, end: 7 }], [{ start: 0, end: 3 }])).toEqual([
    { text: '取件', isNew: false, isFound: true },
    { text: '二', isNew: true, isFound: true },
    { text: '十四小时', isNew: true, isFound: false },
  ])
  expect(segmentsOf('短', [{ start: 5, end: 9 }])).toEqual([{ text: '短', isNew: false, isFound: false }])
})

test('the secret of a link leaves the address', () => {
  const secret = 'a'.repeat(32)
  expect([linkSecret(`#join=${secret}`), linkSecret('#join=short'), linkSecret('')]).toEqual([secret, null, null])
  const seen: unknown[] = []
  const page = {
    location: { hash: `#join=${secret}`, pathname: '/console/', search: '' },
    history: { replaceState: (...given: unknown[]) => void seen.push(given[2]) },
  }
  expect(takeLinkSecret(page as unknown as Window)).toBe(secret)
  expect(seen).toEqual(['/console/'])
})

test('the page names exactly the variables that agents fill', () => {
  expect(FILLED_BY_AGENTS.toSorted()).toEqual(AGENT_VARIABLES.toSorted())
})
