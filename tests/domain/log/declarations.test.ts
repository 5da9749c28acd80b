import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineEntity } from '#domain/define-entity.ts'
import { ENTITY_KINDS } from '#domain/entity-kinds.ts'
import { findEntityRules, findOpType, KNOWN_OP_TYPES } from '#domain/features.ts'
import { indexKeys } from '#domain/index-keys.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { NO_KEYS } from '#domain/log/index-keys.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import { redoneBody } from '#domain/redo-op.ts'
import { searchableTexts } from '#domain/search/searchable.ts'
import { SubjectKind } from '#domain/notices/notice.ts'
import { REVEALED_KINDS } from '#domain/privacy/reveal.ts'
import { TASK } from '#domain/tasks/task-entity.ts'
import { WEBHOOK_EVENTS } from '#domain/webhooks/webhook-events.ts'
import { idOf, makeOp } from '../../support/log-texts.ts'

type ProbeState = { title: string; progress: string }

const whole = {
  scope: 'incident',
  isId: 'uuid',
  indexKeys: null,
  searchable: null,
  freeTexts: null,
  noticeHolds: {},
} as const

const body = z.strictObject({ from: z.string() })
const op = { version: 1, body, action: 'task.move', expects: null, notifies: null, webhook: null, fold: () => undefined } as const

test('what a declaration leaves out or says wrongly does not compile', () => {
  const define = defineEntity<ProbeState>()
  const probe = define({ ...whole, kind: 'task', revealable: true })
  define({
    ...whole,
    // @ts-expect-error a kind that is not in the closed list
    kind: 'probe',
    revealable: true,
  })
  const { searchable: _searchable, ...unsaid } = whole
  // @ts-expect-error whether it is searched has to be said
  define({ ...unsaid, kind: 'task', revealable: true })
  // @ts-expect-error the closed list of revealed kinds holds tasks
  define({ ...whole, kind: 'task', revealable: false })
  // @ts-expect-error the closed list of revealed kinds holds no plans
  define({ ...whole, kind: 'plan', revealable: true })

  probe.op('task.probe', { ...op, expects: { from: 'progress' } })
  // @ts-expect-error the state has no such field
  probe.op('task.probe', { ...op, expects: { from: 'phase' } })
  // @ts-expect-error the body has no such field
  probe.op('task.probe', { ...op, expects: { to: 'progress' } })
  // @ts-expect-error the matrix has no such action
  probe.op('task.probe', { ...op, action: 'task.probe' })
  // @ts-expect-error webhooks tell of no such event
  probe.op('task.probe', { ...op, webhook: 'task.probed' })
  const { webhook: _webhook, ...silent } = op
  // @ts-expect-error whether webhooks tell of it has to be said
  probe.op('task.probe', silent)
  // @ts-expect-error no notice is about a plan
  define({ ...whole, kind: 'plan', revealable: false }).op('plan.probe', { ...op, notifies: { may: () => true, calls: () => [] } })
  expect(probe.kind).toBe('task')
})

test('every kind is registered under its own name, and every op type under one name and version', () => {
  for (const kind of ENTITY_KINDS) expect(findEntityRules(kind)?.kind).toBe(kind)
  const types = KNOWN_OP_TYPES.map((name) => {
    const [type = '', version] = name.split('@')
    return findOpType(type, Number(version))
  })
  expect(types.map((type) => `${type?.type}@${type?.version}`)).toEqual(KNOWN_OP_TYPES)
  expect(new Set(types.map((type) => type?.kind))).toEqual(new Set(ENTITY_KINDS))
})

test('the closed lists of names hold known kinds alone', () => {
  for (const kind of [...REVEALED_KINDS, ...SubjectKind.options]) expect(ENTITY_KINDS).toContain(kind)
  expect(new Set(WEBHOOK_EVENTS).size).toBe(WEBHOOK_EVENTS.length)
})

test('a typed read gives an entity of that kind and none of another', () => {
  const task = { kind: 'task', id: idOf(1), scope: incidentScope(idOf(2)), state: {}, stamps: {}, superseded: [], newer: false }
  const asked: string[] = []
  const reader = {
    read: (kind: string, id: string) => {
      asked.push(`${kind} ${id}`)
      return task
    },
  }
  expect(TASK.read(reader, task.id)).toBe(task)
  expect(asked).toEqual([`task ${task.id}`])
  expect(TASK.as(task)).toBe(task)
  expect(INCIDENT.as(task)).toBeUndefined()
})

test('what a newer version declares is indexed, searched and redone as nothing', () => {
  const entity = { kind: 'probe', id: idOf(1), scope: incidentScope(idOf(2)), state: {}, stamps: {}, superseded: [], newer: true }
  expect(indexKeys(entity)).toEqual(NO_KEYS)
  expect(searchableTexts(entity)).toBeNull()
  const newer = makeOp({ type: 'task.move', version: 9, kind: 'task', id: idOf(1), body: { from: 'todo', to: 'done' } })
  expect(redoneBody(newer, { ...entity, kind: 'task', state: { progress: 'doing' } })).toEqual(newer.body)
})
