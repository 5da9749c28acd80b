import type { MemberView } from '#contract/workspace-api.ts'
import { expect, test } from 'vitest'
import { faultsOfAccount, lengthOfPassword } from '../../../src/renderer/features/team/enter/account-faults.ts'
import { fingerprintGroups } from '../../../src/renderer/features/team/fingerprint-groups.ts'
import { createFocusRegistry } from '../../../src/renderer/features/team/presence/focus-registry.ts'
import { doingOf, initialsOf, peopleAround, peopleHere } from '../../../src/renderer/features/team/presence/people-here.ts'
import { placeOf } from '../../../src/renderer/features/team/presence/place-of.ts'
import { termOf, vendorDraft } from '../../../src/renderer/features/team/vendor-draft.ts'

const member = (id: string, name: string): MemberView => ({
  id,
  name,
  role: 'pr',
  joinedAt: 0,
  department: 'pr',
  layer: 'execution',
  owner: false,
  vendor: null,
  status: 'active',
  revoked: null,
})

test('what is wrong with a new account is told at its field, and a whole one has nothing wrong', () => {
  expect(faultsOfAccount({ name: ' ', login: 'a b', password: 'short', device: '' })).toEqual({
    name: 'nameMissing',
    login: 'loginSpaces',
    password: 'passwordShort',
    device: 'deviceMissing',
  })
  expect(faultsOfAccount({ name: '周敏', login: 'zhou', password: 'longer-than-8', device: '电脑' })).toEqual({})
})

test('a password is judged by its length alone', () => {
  expect(['Aa1!', 'aaaaaaaa', 'a'.repeat(20)].map(lengthOfPassword)).toEqual(['short', 'enough', 'long'])
})

test('000-20: the last day of a contract is included, and a contract comes back from the form as it was', () => {
  const term = termOf({ on: true, company: ' 远帆 ', from: '2026-03-01', until: '2026-03-31' })
  expect(term).toEqual({ company: '远帆', from: new Date(2026, 2, 1).getTime(), until: new Date(2026, 3, 1).getTime() })
  if (term === null || term === 'wrong') throw new Error('no term')
  expect(termOf(vendorDraft(term, 0))).toEqual(term)
  expect(termOf({ on: true, company: '远帆', from: '2026-03-02', until: '2026-03-01' })).toBe('wrong')
  expect(termOf({ on: false, company: '', from: '', until: '' })).toBeNull()
})

test('somebody with two devices is one person, shown where something is being written', () => {
  const at = (writing: boolean) => ({ page: 'incidents', incidentId: null, part: null, entityId: null, writing })
  const here = peopleHere(
    [
      { memberId: 'a', device: '手提', place: at(false), since: 0 },
      { memberId: 'a', device: '台式', place: at(true), since: 0 },
      { memberId: 'me', device: 'x', place: null, since: 0 },
      { memberId: 'gone', device: 'x', place: null, since: 0 },
    ],
    [member('a', '周敏'), member('me', '林舟')],
    'me',
  )
  expect(here.map(({ name, device }) => [name, device])).toEqual([['周敏', '台式']])
  expect(['周敏', 'Lin Zhou', 'ada'].map(initialsOf)).toEqual(['周', 'LZ', 'a'])
})

test('colleagues stand at the tab and the entry where they are; an open correction counts before a word is typed, a comment while it is written', () => {
  const at = (name: string, part: string | null, entityId: string | null, writing = false, incidentId = 'i') => ({
    memberId: name,
    name,
    device: 'x',
    place: { page: 'incidents', incidentId, part, entityId, writing },
  })
  const people = [
    at('周敏', 'correction', 'e1'),
    at('何敏', 'comment', 'e1', true),
    at('陈序', 'comment', 'e1'),
    at('韩雪', 'task', 't1'),
    at('林舟', 'risk', null),
    at('安', 'overview', null),
    at('外', 'entry', 'e1', false, 'other'),
    { memberId: 'n', name: 'n', device: 'x', place: null },
  ]
  const { byTab, byEntity } = peopleAround(people, 'i')
  const names = (map: typeof byTab, key: string) => map.get(key)?.map(({ name }) => name)
  expect([[...byTab.keys()], names(byTab, 'entry'), names(byTab, 'tasks'), names(byTab, 'risk')]).toEqual([
    ['entry', 'tasks', 'risk'],
    ['周敏', '何敏', '陈序'],
    ['韩雪'],
    ['林舟'],
  ])
  expect([[...byEntity.keys()], names(byEntity, 't1')]).toEqual([['e1', 't1'], ['韩雪']])
  expect(byEntity.get('e1')?.map(doingOf)).toEqual(['correcting', 'commenting', 'looking'])
})

test('of what is open the closest is told, and what lay under it again when it is closed', () => {
  const registry = createFocusRegistry()
  const told: (string | null)[] = []
  registry.watch(() => told.push(registry.closest()?.part ?? null))
  const closeForm = registry.open({ part: 'correction', entityId: 'e1' })
  const closeTab = registry.open({ part: 'entry', entityId: 'e1' })
  closeForm()
  closeTab()
  expect(told).toEqual(['correction', 'entry', null])
})

test('an address of the app names its page and its incident', () => {
  const id = '0f9e1f5a-6f1e-4c55-9d0c-1b1b4c9d2a11'
  expect(placeOf(`/incidents/${id}/tasks`)).toEqual({ page: 'incidents', incidentId: id })
  expect(placeOf('/')).toEqual({ page: 'dashboard', incidentId: null })
})

test('a fingerprint is read aloud in groups of two bytes', () => {
  expect(fingerprintGroups('AA:BB:0c:dd').map(({ text }) => text)).toEqual(['AABB', '0CDD'])
})
