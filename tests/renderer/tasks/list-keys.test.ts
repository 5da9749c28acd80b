import type { TaskView } from '#contract/task-api.ts'
import { expect, test } from 'vitest'
import { taskKeys } from '../../../src/renderer/features/tasks/use-list-keys.ts'

const TASK: TaskView = {
  id: 'task',
  title: '封存样机',
  detail: '',
  phase: '爆发期',
  department: null,
  owner: '',
  dueAt: null,
  checklist: [],
  blockedBy: [],
  progress: 'todo',
  plan: null,
  order: 0,
  createdAt: 0,
  createdBy: 'm',
  endedAt: null,
  endedBy: null,
  note: '',
  waitingFor: [],
  endedByName: null,
  pending: false,
}

/** The effects of a key on the task. */
function press(key: string, code: string, held: { shiftKey?: boolean; ctrlKey?: boolean } = {}): string[] {
  const did: string[] = []
  const keys = taskKeys({ advance: () => did.push('advance'), reviseBarred: null, moveBarred: () => null }, (open) =>
    did.push(open?.intent ?? 'close'),
  )
  const stroke = { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false, ...held }
  keys(TASK)({ ...stroke, preventDefault: () => did.push('taken') })
  return did
}

test('the keys of a task follow what the layout types', () => {
  expect(press('e', 'KeyE')).toEqual(['revise', 'taken'])
  // Dvorak: the physical E key of QWERTY types a full stop, and the letter E is on another key.
  expect(press('.', 'KeyE')).toEqual([])
  expect(press('e', 'KeyD')).toEqual(['revise', 'taken'])
  expect(press('Process', 'KeyE')).toEqual(['revise', 'taken'])
  expect(press('в', 'KeyD')).toEqual(['drop', 'taken'])
  expect(press(' ', 'Space')).toEqual(['advance', 'taken'])
  expect(press('Escape', 'Escape')).toEqual(['close', 'taken'])
  expect(press('e', 'KeyE', { ctrlKey: true })).toEqual([])
})
