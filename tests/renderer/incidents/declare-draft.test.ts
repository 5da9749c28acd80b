import {
  apologyOf,
  EMPTY_DRAFT,
  faultsOf,
  keepDraft,
  levelOf,
  loadDraft,
  type DeclareDraft,
} from '../../../src/renderer/features/incidents/declare-draft.ts'
import { expect, test } from 'vitest'

/** The part of a browser's storage that drafts need. */
function memoryStorage(): Storage {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
    key: (index) => [...items.keys()][index] ?? null,
    get length() {
      return items.size
    },
  }
}

const draft: DeclareDraft = { ...EMPTY_DRAFT, title: '空气净化器起火视频', type: 'product-problem' }

test('TY-01…04: danger stars suggest the level until the user chooses one', () => {
  expect(levelOf(EMPTY_DRAFT)).toBeNull()
  expect(levelOf(draft)).toBe(1)
  expect(levelOf({ ...draft, type: 'service-complaint' })).toBe(2)
  expect(levelOf({ ...draft, level: 3 })).toBe(3)
})

test('C1-03: an apology is due as usual for the type, unless the user says otherwise', () => {
  expect(apologyOf(draft)).toBe(true)
  expect(apologyOf({ ...draft, type: 'system-failure' })).toBe(false)
  expect(apologyOf({ ...draft, apologyDue: false })).toBe(false)
})

test('what is missing or too long is said at its field', () => {
  expect(faultsOf(EMPTY_DRAFT)).toEqual({ title: 'titleMissing', type: 'typeMissing', level: 'levelMissing' })
  expect(faultsOf(draft)).toEqual({})
  expect(faultsOf({ ...draft, title: '长'.repeat(121), known: '长'.repeat(8001) })).toEqual({ title: 'titleLong', known: 'knownLong' })
})

test('a draft is there again after the dialog was closed; an empty one leaves nothing', () => {
  const storage = memoryStorage()
  keepDraft(storage, draft)
  expect(loadDraft(storage)).toEqual(draft)
  keepDraft(storage, EMPTY_DRAFT)
  expect(storage.length).toBe(0)
})

test('a draft of another version, or no draft at all, is no draft', () => {
  const storage = memoryStorage()
  expect(loadDraft(storage)).toBeNull()
  storage.setItem('stormroom.declare-draft', '{"title":1}')
  expect(loadDraft(storage)).toBeNull()
  storage.setItem('stormroom.declare-draft', '{')
  expect(loadDraft(storage)).toBeNull()
})
