import { z } from 'zod'
import type { DecisionContext } from '../define-entity.ts'
import { ClockId } from '../incidents/clocks.ts'
import { IncidentLevel, IncidentStatus, Stage } from '../incidents/incident.ts'
import type { Entity } from '../log/entity.ts'
import { hlcMillis } from '../log/hybrid-clock.ts'
import { LoggedUuid } from '../log/ids.ts'
import type { Op } from '../log/op.ts'
import { MEMBER } from '../members/member-entity.ts'
import { MemberRole } from '../members/member.ts'
import { TASK } from '../tasks/task-entity.ts'
import { EventTime } from '../time/event-time.ts'
import { ENTRY_TEXT_LIMIT, type SystemEvent } from './entry.ts'

type Params = SystemEvent['params']
type Fit = { note: Op; act: Op; read: DecisionContext['read'] }

/** The system note of one kind of op. */
type NoteRule = {
  /** Types of the ops that it describes. */
  of: readonly string[]
  params: z.ZodType<Params>
  /** The text for search and for readers of the raw log, in both languages; screens word the event themselves. */
  text(params: Params): string
  /** The text that earlier versions stored; still accepted from devices that are not updated. */
  earlier?(params: Params): string
  /** Whether the params match the op. */
  fits(params: Params, fit: Fit): boolean
}

const Words = (limit: number) => z.string().max(limit)
const Count = z.int().min(0).max(10_000_000)
const Name = Words(80)
const Reason = Words(4000)

/** Whether params equal the body fields of the same names, except for surrounding blanks. */
function repeats(...names: readonly string[]): NoteRule['fits'] {
  const plain = (value: unknown) => (typeof value === 'string' ? value.trim() : value)
  return (params, { act }) => names.every((name) => plain(params[name]) === plain(act.body[name]))
}

/** Whether a name is the current one, or was when the note was written: its author had not seen the new name. */
function isCalled(value: unknown, entity: Entity | undefined, field: string, { note }: Fit): boolean {
  if (!entity) return false
  const renamed = entity.stamps[field]
  return (entity.state as Record<string, unknown>)[field] === value || (renamed !== undefined && renamed.at > hlcMillis(note.hlc))
}

/** A member's name; a device that does not know the member writes the beginning of the id. */
function namesMember(value: unknown, memberId: unknown, fit: Fit): boolean {
  if (typeof memberId !== 'string') return false
  return value === memberId.slice(0, 8) || isCalled(value, MEMBER.read(fit, memberId), 'name', fit)
}

const clockParams = z.strictObject({ clock: ClockId, reason: Reason })
const importedParams = z.strictObject({
  file: Words(200),
  count: Count,
  refused: Count.optional(),
  importId: LoggedUuid,
}) as z.ZodType<Params>

function isOfImport(params: Params, { act, read }: Fit): boolean {
  const state = read('import', act.entity.id)?.state as { fileName: string; imported: number } | undefined
  return params['importId'] === act.entity.id && String(params['file']).trim() === state?.fileName && params['count'] === state?.imported
}

/** Whether a note names the revision of its op by number and title. */
function isOfWording(params: Params, fit: Fit): boolean {
  const { act, read } = fit
  const revision = read('revision', String(act.body['revisionId']))?.state as { number: number; content: { title: string } } | undefined
  if (!revision || params['wordingId'] !== act.entity.id) return false
  return params['number'] === revision.number && String(params['title']).trim() === revision.content.title.trim()
}

/** Whether a note names the promise of its op: by what is done, or else by the beginning of what was said. */
function isOfPromise(params: Params, { act, read }: Fit): boolean {
  const promise = read('promise', act.entity.id)?.state as { action: string; text: string } | undefined
  const name = String(params['promise']).trim()
  if (!promise || params['promiseId'] !== act.entity.id || name === '') return false
  return promise.action === '' ? promise.text.replaceAll(/\s+/gu, ' ').startsWith(name) : name === promise.action
}

const PROMISE_NAME = { promise: Words(400), promiseId: LoggedUuid }

const RULES: Record<SystemEvent['code'], NoteRule> = {
  declared: {
    of: ['incident.declare'],
    params: z.strictObject({ level: IncidentLevel, stage: Stage }),
    text: () => '启动事件 · incident declared',
    earlier: () => '宣布事件 · incident declared',
    fits: repeats('level', 'stage'),
  },
  'clock-met': {
    of: ['incident.meet-clock'],
    params: z.strictObject({ clock: ClockId, entryId: LoggedUuid }),
    text: (params) => `时限已完成 · clock met: ${params['clock']}`,
    earlier: (params) => `时钟已达成 · clock met: ${params['clock']}`,
    fits: repeats('clock', 'entryId'),
  },
  'clock-reopened': {
    of: ['incident.reopen-clock'],
    params: clockParams,
    text: (params) => `时限恢复计时 · clock reopened: ${params['clock']} (${params['reason']})`,
    earlier: (params) => `时钟重新打开 · clock reopened: ${params['clock']} (${params['reason']})`,
    fits: repeats('clock', 'reason'),
  },
  'clock-stopped': {
    of: ['incident.stop-clock'],
    params: clockParams,
    text: (params) => `时限停止计时 · clock stopped: ${params['clock']} (${params['reason']})`,
    earlier: (params) => `时钟停走 · clock stopped: ${params['clock']} (${params['reason']})`,
    fits: repeats('clock', 'reason'),
  },
  imported: {
    of: ['import.complete', 'import.restore'],
    params: importedParams,
    text: (params) => `导入 · imported: ${params['file']} (${params['count']})`,
    fits: (params, fit) => isOfImport(params, fit) && (params['refused'] === undefined || params['refused'] === fit.act.body['refused']),
  },
  'import-undone': {
    of: ['import.undo'],
    params: importedParams,
    text: (params) => `撤销导入 · import undone: ${params['file']}`,
    fits: isOfImport,
  },
  'level-changed': {
    of: ['incident.change-level'],
    params: z.strictObject({ from: IncidentLevel, to: IncidentLevel, reason: Reason }),
    text: (params) => `调整等级 · level changed: ${params['from']} → ${params['to']} (${params['reason']})`,
    earlier: (params) => `改级 · level changed: ${params['from']} → ${params['to']} (${params['reason']})`,
    fits: repeats('from', 'to', 'reason'),
  },
  'command-handed-over': {
    of: ['incident.hand-over'],
    params: z.strictObject({ from: Name, to: Name, summary: Reason }),
    text: (params) => `交接指挥 · command handed over: ${params['from']} → ${params['to']}\n${params['summary']}`,
    // The previous holder may be a person identified only by name, whom the op does not contain.
    fits: (params, fit) => {
      const { to, name } = fit.act.body
      const named = to === null ? params['to'] === String(name).trim() : namesMember(params['to'], to, fit)
      return named && repeats('summary')(params, fit)
    },
  },
  'authority-granted': {
    of: ['incident.grant-authority'],
    params: z.strictObject({ name: Name, role: MemberRole, until: EventTime, reason: Reason }),
    text: (params) => `临时授权 · temporary authority: ${params['name']} → ${params['role']} (${params['reason']})`,
    fits: (params, fit) =>
      namesMember(params['name'], fit.act.body['memberId'], fit) &&
      params['role'] === fit.act.body['as'] &&
      repeats('until', 'reason')(params, fit),
  },
  'authority-ended': {
    of: ['incident.end-authority'],
    params: z.strictObject({ name: Name, role: MemberRole }),
    text: (params) => `收回临时授权 · temporary authority ended: ${params['name']}, ${params['role']}`,
    fits: (params, fit) => namesMember(params['name'], fit.act.body['memberId'], fit) && params['role'] === fit.act.body['as'],
  },
  restricted: {
    of: ['incident.restrict'],
    params: z.strictObject({ count: Count }),
    text: (params) => `限名单可见 · restricted: ${params['count']}`,
    fits: (params, { act }) => params['count'] === new Set(act.body['members'] as string[]).size,
  },
  unrestricted: {
    of: ['incident.unrestrict'],
    params: z.strictObject({}),
    text: () => '全团队可见 · open to the whole team',
    fits: () => true,
  },
  'wording-published': {
    of: ['wording.publish'],
    params: z.strictObject({ title: Words(400), number: Count, wordingId: LoggedUuid }),
    text: (params) => `发布口径 · wording published: ${params['title']} v${params['number']}`,
    fits: (params, fit) => isOfWording(params, fit) && fit.act.body['emergency'] === null,
  },
  'wording-released': {
    of: ['wording.publish'],
    params: z.strictObject({ title: Words(400), number: Count, wordingId: LoggedUuid, emergency: Reason }),
    text: (params) => `紧急放行 · released before approval: ${params['title']} v${params['number']} (${params['emergency']})`,
    fits: (params, fit) => isOfWording(params, fit) && repeats('emergency')(params, fit),
  },
  'wording-withdrawn': {
    of: ['wording.withdraw'],
    params: z.strictObject({ title: Words(400), number: Count, wordingId: LoggedUuid, reason: Reason, instead: Reason }),
    text: (params) =>
      `撤回口径 · wording withdrawn: ${params['title']} v${params['number']} (${params['reason']})${params['instead'] === '' ? '' : `\n${params['instead']}`}`,
    fits: (params, fit) => isOfWording(params, fit) && repeats('reason', 'instead')(params, fit),
  },
  // Only the hub writes bulletins and their notes; no member's act is described by one.
  'bulletin-issued': {
    of: [],
    params: z.strictObject({ number: Count, count: Count, titles: Words(400) }),
    text: (params) => `第 ${params['number']} 号通报 · bulletin ${params['number']} (${params['count']}): ${params['titles']}`,
    fits: () => false,
  },
  'bulletin-missed': {
    of: [],
    params: z.strictObject({ number: Count, slot: z.int().min(0) }),
    text: (params) => `通报未发 · bulletin missed: ${params['number']}`,
    fits: () => false,
  },
  'promise-kept': {
    of: ['promise.keep'],
    params: z.strictObject({ ...PROMISE_NAME, note: Reason }),
    text: (params) => `承诺已兑现 · promise kept: ${params['promise']}${params['note'] === '' ? '' : ` (${params['note']})`}`,
    fits: (params, fit) => isOfPromise(params, fit) && repeats('note')(params, fit),
  },
  'promise-broken': {
    of: ['promise.break'],
    params: z.strictObject({ ...PROMISE_NAME, reason: Reason }),
    text: (params) => `承诺未兑现 · promise broken: ${params['promise']} (${params['reason']})`,
    fits: (params, fit) => isOfPromise(params, fit) && repeats('reason')(params, fit),
  },
  'promise-moved': {
    of: ['promise.move'],
    params: z.strictObject({ ...PROMISE_NAME, from: z.int().min(0), to: z.int().min(0), reason: Reason }),
    text: (params) => `承诺改期 · promise moved: ${params['promise']} (${params['reason']})`,
    fits: (params, fit) => isOfPromise(params, fit) && repeats('from', 'to', 'reason')(params, fit),
  },
  'promise-void': {
    of: ['promise.void'],
    params: z.strictObject({ ...PROMISE_NAME, reason: Reason }),
    text: (params) => `承诺作废 · promise void: ${params['promise']} (${params['reason']})`,
    fits: (params, fit) => isOfPromise(params, fit) && repeats('reason')(params, fit),
  },
  'status-changed': {
    of: ['incident.set-status'],
    params: z.strictObject({ from: IncidentStatus, to: IncidentStatus, reason: Reason, clocks: Count, tasks: Count }),
    text: (params) => `状态 · status: ${params['from']} → ${params['to']} (${params['reason']})`,
    fits: repeats('from', 'to', 'reason'),
  },
  'risk-assessed': {
    of: ['assessment.record'],
    params: z.strictObject({ composite: z.number().min(0).max(100), suggestedLevel: IncidentLevel, verdict: Words(20), reason: Reason }),
    text: (params) => `风险评估 · risk assessed: ${params['composite']}/5, ${params['verdict']} ${params['reason']}`,
    fits: repeats('composite', 'suggestedLevel', 'verdict', 'reason'),
  },
  'plan-applied': {
    of: ['task.create'],
    params: z.strictObject({ plan: Words(4000), version: Count, count: z.int().min(1).max(120) }),
    text: (params) => `启用预案 · plan applied: ${params['plan']} v${params['version']} (${params['count']})`,
    fits: (params, { act }) => {
      const plan = act.body['plan'] as { version?: unknown } | undefined
      return plan !== undefined && plan.version === params['version']
    },
  },
  'task-done': {
    of: ['task.move'],
    params: z.strictObject({ task: Words(400), taskId: LoggedUuid }),
    text: (params) => `任务完成 · task done: ${params['task']}`,
    fits: (params, fit) =>
      fit.act.body['to'] === 'done' &&
      params['taskId'] === fit.act.entity.id &&
      isCalled(params['task'], TASK.read(fit, fit.act.entity.id), 'title', fit),
  },
  revised: {
    of: ['incident.revise'],
    params: z.strictObject({
      fields: Words(200),
      stage: Stage.optional(),
      known: Words(ENTRY_TEXT_LIMIT).optional(),
      before: Words(ENTRY_TEXT_LIMIT).optional(),
    }) as z.ZodType<Params>,
    // Includes the text itself, so that overwritten text can still be found and is part of every export.
    text: (params) =>
      [`修改 · revised: ${params['fields']}`, ...(params['known'] === undefined ? [] : [`${params['known']}`])]
        .join('\n')
        .slice(0, ENTRY_TEXT_LIMIT)
        .trim(),
    fits: (params, fit) =>
      String(params['fields']).split(', ').toSorted().join() === Object.keys(fit.act.body).toSorted().join() &&
      repeats('stage')(params, fit) &&
      (params['known'] === undefined || repeats('known')(params, fit)),
  },
}

/** The stored text of a note. */
export function noteText({ code, params }: SystemEvent): string {
  return RULES[code].text(params)
}

/** Whether this version can word a stored event: its code is known and its params have the right types. */
export function isWholeEvent({ code, params }: SystemEvent): boolean {
  return Object.hasOwn(RULES, code) && RULES[code].params.safeParse(params).success
}

/** Whether a note is adjacent to its op by the device's counter, because both are written together. */
function isNextTo(note: Op, act: Op, { code, params }: SystemEvent): boolean {
  if (note.replicaId !== act.replicaId || note.scope !== act.scope) return false
  const apart = note.counter - act.counter
  // The note of a plan names the first of its tasks. The note of a closing precedes it, because a closed incident takes no entries.
  if (code === 'plan-applied') return apart === params['count']
  return apart === 1 || (apart === -1 && code === 'status-changed' && act.body['to'] === 'closed')
}

/**
 * Judges a system note: it must describe an op of the same author next to it in the log, with the text and the values of
 * that op, and nothing else. Each op is noted once.
 * @returns what does not fit, or null
 */
export function noteFault(
  body: { text: string; event: SystemEvent } & Record<string, unknown>,
  note: Op,
  context: Pick<DecisionContext, 'acts' | 'read'>,
): string | null {
  const { event, text } = body
  const params = RULES[event.code].params.safeParse(event.params)
  if (!params.success) return 'event.params'
  const more = ['tags', 'evidence', 'mentions', 'importId', 'sourceLine', 'decision', 'turningPoint'].find(
    (field) => body[field] !== undefined,
  )
  if (more !== undefined) return more
  const { earlier } = RULES[event.code]
  if (text !== noteText(event).trim() && text !== earlier?.(event.params).trim()) return 'text'
  const acts = context.acts?.(note)
  // Missing means unknown. The hub always provides it.
  if (!acts) return null
  const rule = RULES[event.code]
  return acts.some(
    (act) => rule.of.includes(act.type) && isNextTo(note, act, event) && rule.fits(event.params, { note, act, read: context.read }),
  )
    ? null
    : 'act'
}
