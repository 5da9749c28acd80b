import { expect, test } from 'vitest'
import { waitsFor } from '../../../src/renderer/features/tasks/waits-for.ts'

// OR-11: tasks wait for tasks, without cycles.

const TASKS = [
  { id: 'seal', blockedBy: [] },
  { id: 'test', blockedBy: ['seal'] },
  { id: 'tell', blockedBy: ['test'] },
]

test('waiting goes through the tasks between', () => {
  expect(waitsFor(TASKS, 'tell', 'seal')).toBe(true)
  expect(waitsFor(TASKS, 'tell', 'test')).toBe(true)
  expect(waitsFor(TASKS, 'seal', 'tell')).toBe(false)
  expect(waitsFor(TASKS, 'seal', 'seal')).toBe(false)
})

test('a ring that is there already does not hang, and a task that is gone waits for nothing', () => {
  const ring = [
    { id: 'a', blockedBy: ['b'] },
    { id: 'b', blockedBy: ['a', 'gone'] },
  ]
  expect(waitsFor(ring, 'a', 'a')).toBe(true)
  expect(waitsFor(ring, 'a', 'c')).toBe(false)
})
