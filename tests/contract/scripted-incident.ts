import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { api, topicsOfQuery, type CallInput, type CallName, type CallOutput, type QueryName, type Topic } from '#contract/api.ts'
import type { Result } from '#contract/failures.ts'
import { handlerOf, namesOf, type Procedure } from '#contract/procedure.ts'
import { HOUR } from '#domain/durations.ts'
import { Op } from '#domain/log/op.ts'
import { findOpType } from '#domain/features.ts'
import type { Action } from '#domain/permissions/matrix.ts'
import { privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { topicsOf } from '#replica/context/service-context.ts'
import { openReplica } from '#replica/open-replica.ts'
import type { ReplicaHandlers } from '#replica/replica-services.ts'
import { setUp } from '#workspace/members.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { BEN, chain, idOf, joinText, opText } from '#tests/support/log-texts.ts'
import { WORDING_READS } from './wording-reads.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { BULLETIN_READS, FIXED } from './bulletin-reads.ts'

export type ReplicaQuery = QueryName & keyof ReplicaHandlers

/** What the script has created so far; inputs of the queries are taken from it. */
type World = { incidentId: string; me: string; [made: string]: string }

/** The input of each query, or null while there is nothing to ask for. */
export const READS: { [Name in ReplicaQuery]: (world: World) => CallInput<Name> | null } = {
  'evidence.read': ({ hash }) => (hash ? { hash, offset: 0 } : null),
  'exports.read': ({ exportId }) => (exportId ? { exportId, offset: 0 } : null),
  'evidence.availability': ({ hash }) => (hash ? { hashes: [hash] } : null),
  'evidence.keptFiles': ({ incidentId }) => ({ incidentId }),
  'imports.job': ({ jobId }) => (jobId ? { jobId } : null),
  'imports.list': ({ incidentId }) => ({ incidentId }),
  'incidents.list': () => ({}),
  'incidents.changes': () => ({ since: null }),
  'incidents.get': ({ incidentId }) => ({ incidentId }),
  'incidents.series': ({ incidentId }) => ({ incidentId }),
  'incidents.seriesPoints': ({ incidentId, seriesId }) => (seriesId ? { incidentId, seriesId } : null),
  'incidents.outline': ({ incidentId }) => ({ incidentId }),
  'incidents.wall': ({ incidentId }) => ({ incidentId }),
  'incidents.openPoints': ({ incidentId }) => ({ incidentId }),
  'incidents.waiting': () => ({ limit: 100 }),
  'incidents.risks': () => ({}),
  'notices.list': () => ({ page: 0 }),
  'notices.unread': () => ({}),
  'following.get': ({ incidentId }) => ({ incidentId }),
  'personal.reveals': ({ incidentId, entryId }) => ({ incidentId: entryId ? incidentId : null, memberId: null, before: null }),
  'risk.get': ({ incidentId }) => ({ incidentId }),
  'search.query': () => ({ text: '净化器' }),
  'timeline.outline': ({ incidentId }) => ({ incidentId, filter: {}, zone: 'Asia/Shanghai' }),
  'timeline.page': ({ incidentId }) => ({ incidentId, filter: {}, page: 0 }),
  'timeline.density': ({ incidentId }) => ({ incidentId, filter: {}, zone: 'Asia/Shanghai' }),
  'timeline.locate': ({ incidentId, entryId }) => (entryId ? { incidentId, entryId, filter: {} } : null),
  'timeline.entry': ({ incidentId, entryId }) => (entryId ? { incidentId, entryId } : null),
  'people.list': ({ incidentId }) => ({ incidentId }),
  'tasks.list': ({ incidentId }) => ({ incidentId }),
  'tasks.summary': ({ incidentId }) => ({ incidentId, now: TWO_AT_NIGHT }),
  'tasks.page': ({ incidentId }) => ({ incidentId, filter: 'all' }),
  'tasks.plans': ({ incidentId }) => ({ incidentId }),
  'tasks.get': ({ incidentId, taskId }) => (taskId ? { incidentId, taskId } : null),
  'plans.list': () => ({}),
  'plans.versions': ({ planId }) => (planId ? { planId } : null),
  'rules.get': () => ({}),
  'contacts.list': () => ({}),
  'wordings.values': ({ incidentId }) => ({ incidentId }),
  ...WORDING_READS,
  ...BULLETIN_READS,
  'agentGroups.list': () => ({}),
  'texts.versions': ({ incidentId, taskId }) => (taskId ? { incidentId, kind: 'task', id: taskId, field: 'detail' } : null),
}

/** Queries that no act on this device changes: files and what is published never change, and the hub reports what it has of files. */
export const NEVER: readonly ReplicaQuery[] = ['evidence.read', 'exports.read', 'evidence.availability', ...FIXED]

export async function openScript() {
  const [dataFolder, clock] = [makeTempFolder('depends-on', 'quick'), createFakeClock(TWO_AT_NIGHT)]
  const [announced, faults]: [Topic[], unknown[]] = [[], []]
  let ids = 0x5000
  const opened = openReplica({
    file: join(dataFolder, 'replica.db'),
    dataFolder,
    mayCreate: true,
    readOnly: false,
    tableWorker: workerUrls(import.meta.url).table,
    edge: { now: clock.now, uuid: () => idOf((ids += 1)) },
    announce: (topics) => void announced.push(...topics),
    onSyncTrouble: (trouble) => void faults.push(trouble),
    onFault: (fault) => void faults.push(fault),
  })
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const { replica } = opened
  onTestFinished(() => replica.close())
  const made = setUp(replica, '林舟', 'commander')
  if (!made.ok) throw new Error(made.failure.code)
  const world: World = { incidentId: idOf(0), me: made.value.id }

  const written = replica.db.prepare<[], string>('SELECT bytes FROM outbox ORDER BY place').pluck()
  let looked = written.all().length
  const judged: { name: string; declared: Action; actions: (Action | null)[] }[] = []

  /** Records the action that the contract names for a command, and the actions by which its ops were judged. */
  function noteJudged(name: string, procedure: Procedure): void {
    const ops = written
      .all()
      .slice(looked)
      .map((bytes) => Op.parse(JSON.parse(bytes)))
    looked += ops.length
    if (procedure.kind === 'query' || procedure.action === null || ops.length === 0) return
    const actions = ops.map((op) => findOpType(op.type, op.version)?.actionOf(replica.store.read(op.entity.kind, op.entity.id), op) ?? null)
    judged.push({ name, declared: procedure.action, actions })
  }

  async function call<Name extends CallName & keyof ReplicaHandlers>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
    const answer = (await handlerOf(replica.handlers, name)(api[name].input.parse(input))) as Result<CallOutput<Name>>
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.failure)}`)
    noteJudged(name, api[name])
    return answer.value
  }

  /** Asks every query that has an input: input and answer as texts, and what it depends on. */
  async function readAll(now: World): Promise<Map<ReplicaQuery, { asked: string; answer: string; dependsOn: readonly Topic[] }>> {
    const answers = new Map<ReplicaQuery, { asked: string; answer: string; dependsOn: readonly Topic[] }>()
    for (const name of namesOf(READS)) {
      const input = READS[name](now)
      if (input === null) continue
      const answer: unknown = await handlerOf(replica.handlers, name)(api[name].input.parse(input))
      answers.set(name, { asked: JSON.stringify(input), answer: JSON.stringify(answer), dependsOn: topicsOfQuery(name, input) })
    }
    return answers
  }

  return {
    world,
    call,
    readAll,
    announced,
    dataFolder,
    clock,
    faults,
    judged,
    /** Applies records of a scope as they come from the hub. */
    hear(scope: string, texts: readonly string[], actor: string) {
      const applied = replica.store.apply(scope, chain(scope, texts, actor))
      if (applied.kind !== 'applied') throw new Error(applied.kind)
      announced.push(...topicsOf(applied.changes))
    },
    async settled(jobId: string) {
      while (['reading', 'writing'].includes((await call('imports.job', { jobId })).phase)) await nextTurn()
    },
  }
}

export type Script = Awaited<ReturnType<typeof openScript>>

async function upload({ call, world }: Script, name: string, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text)
  const { uploadId } = await call('files.begin', { name, size: bytes.byteLength, mime: 'text/plain' })
  await call('files.write', { uploadId, offset: 0, bytes })
  world['uploadId'] = uploadId
  return uploadId
}

export type Acts = [string, () => Promise<unknown>][]

/** An incident from declaration to closing, one act at a time, with acts of another feature in between. */
export function actsOf(script: Script, beforeImports: Acts): Acts {
  const { call, world, hear, dataFolder, clock } = script
  const of = () => ({ incidentId: world.incidentId })
  const entry = () => ({ ...of(), entryId: world['entryId'] ?? '' })
  const place = { layer: 'execution', department: null, name: '本', backup: '', duty: '对外' } as const
  const task = { phase: '预警期', department: null, owner: '', dueAt: clock.now() + HOUR / 2, checklist: ['电话'], blockedBy: [] }
  const enter = async (metric: 'sentiment' | 'spread' | 'influence', value: number) => {
    const series = world['seriesId']
      ? { seriesId: world['seriesId'] }
      : ({ name: '净化器负面占比', unit: '%', metric, reading: 'level' } as const)
    world['seriesId'] = (await call('risk.enterNumber', { ...of(), series, value })).id
  }
  const inspectAndCheck = async () => {
    const path = join(dataFolder, 'rows.csv')
    writeFileSync(path, '时间,内容\n2026-11-29 10:00,净化器冒烟\n2026-11-29 10:05,门店致歉\n')
    const { sourceId, suggested } = await call('imports.inspect', { ...of(), source: { path } })
    if (!suggested.timeline) throw new Error('no mapping')
    const plan = { target: 'timeline', mapping: suggested.timeline } as const
    world['jobId'] = (await call('imports.check', { ...of(), sourceId, plan })).jobId
    await script.settled(world['jobId'])
  }
  return [
    ['somebody joins', () => Promise.resolve(hear(TEAM_SCOPE, [joinText(BEN, '本', 'pr')], BEN))],
    [
      'declare',
      async () => {
        const input = { title: '空气净化器起火', type: 'product-problem', level: 1, stage: 'initial-complaint', known: '一台' } as const
        world.incidentId = (await call('incidents.declare', input)).id
      },
    ],
    ['revise', () => call('incidents.revise', { ...of(), title: '净化器起火视频', known: '两台', stage: 'media-report' })],
    [
      'record',
      async () => {
        const recorded = await call('timeline.record', { ...of(), kind: 'observation', text: '净化器，电话 13800138000', tags: ['起火'] })
        world['entryId'] = recorded.id
      },
    ],
    [
      'record a decision',
      () => call('timeline.record', { ...of(), kind: 'decision', text: '下架', decision: { reason: '安全', decidedBy: '林舟' } }),
    ],
    ['record a statement', () => call('timeline.record', { ...of(), kind: 'statement', text: '致歉' })],
    [
      'correct',
      async () => {
        const { text } = await call('timeline.entry', entry())
        const content = { kind: 'observation', text: `${text}，已回访`, happenedAt: clock.now() - HOUR } as const
        await call('timeline.correct', { ...entry(), content, reason: '补充' })
      },
    ],
    ['comment', () => call('timeline.comment', { ...entry(), text: '看到了' })],
    ['star', () => call('timeline.star', { ...entry(), starred: true })],
    ['tag', () => call('timeline.tag', { ...entry(), add: ['门店'], remove: ['起火'] })],
    [
      'link',
      async () => {
        const { rows } = await call('timeline.page', { ...of(), filter: {}, page: 0 })
        const to = rows.find(({ kind }) => kind === 'decision')?.id ?? ''
        await call('timeline.link', { ...entry(), to, relation: 'relates' })
      },
    ],
    [
      'attach',
      async () => {
        const kept = await call('evidence.keep', { uploadId: await upload(script, '录音.txt', '净化器') })
        world['hash'] = kept.hash
        await call('timeline.attach', { ...entry(), hash: kept.hash, name: '录音.txt' })
      },
    ],
    ['keep all files', () => call('evidence.keepAll', { ...of(), keep: true })],
    ['meet a clock', () => call('incidents.meetClock', { ...entry(), clock: 'response' })],
    ['reopen a clock', () => call('incidents.reopenClock', { ...of(), clock: 'response', reason: '不算' })],
    ['stop a clock', () => call('incidents.stopClock', { ...of(), clock: 'response', reason: '不适用' })],
    ['mark a sign', () => call('incidents.markSign', { ...of(), sign: 'other-topics', seen: true })],
    ['follow', () => call('following.set', { ...of(), follow: false })],
    [
      'reveal',
      () =>
        call('personal.reveal', {
          ...of(),
          of: { kind: 'entry', id: world['entryId'] ?? '', field: 'text' },
          reason: 'call-back',
          words: '回访',
        }),
    ],
    [
      'correct what was revealed',
      () =>
        call('timeline.correct', {
          ...entry(),
          content: { kind: 'observation', text: '净化器，回访过', happenedAt: clock.now() },
          reason: '删去',
        }),
    ],
    [
      'create a task',
      async () => {
        world['taskId'] = (await call('tasks.create', { ...of(), task: { ...task, title: '送检', detail: '净化器' } })).id
      },
    ],
    [
      'create one that waits',
      () => call('tasks.create', { ...of(), task: { ...task, title: '公布', detail: '', blockedBy: [world['taskId'] ?? ''] } }),
    ],
    [
      'revise a task',
      () => call('tasks.revise', { ...of(), taskId: world['taskId'] ?? '', change: { title: '送检两台', detail: '净化器两台' } }),
    ],
    [
      'tick',
      async () => {
        const [first] = await call('tasks.list', of())
        await call('tasks.tick', { ...of(), taskId: first?.id ?? '', item: first?.checklist[0]?.id ?? '', done: true })
      },
    ],
    ['move a task', () => call('tasks.move', { ...of(), taskId: world['taskId'] ?? '', to: 'done' })],
    [
      'assign',
      async () => {
        world['personId'] = (await call('people.assign', { ...of(), ...place })).id
      },
    ],
    ['assign another duty', () => call('people.assign', { ...of(), ...place, personId: world['personId'], duty: '见媒体' })],
    ['remove', () => call('people.remove', { ...of(), personId: world['personId'] ?? '' })],
    [
      'save a plan',
      async () => {
        const [shipped] = await call('plans.list', {})
        if (!shipped) throw new Error('no plan')
        world['planId'] = (await call('plans.save', { version: 0, content: shipped.content, note: '净化器' })).id
      },
    ],
    [
      'save it again',
      async () => {
        const planId = world['planId'] ?? ''
        const { content, version } = (await call('plans.list', {})).find(({ id }) => id === planId) ?? {}
        if (!content || !version) throw new Error('no plan')
        await call('plans.save', { planId, version, content, note: '又一版' })
      },
    ],
    ['apply a plan', () => call('plans.apply', { ...of(), planId: world['planId'] ?? '', language: 'zh-Hans' })],
    ['retire a plan', () => call('plans.retire', { planId: world['planId'] ?? '', retired: true })],
    ['enter a number', () => enter('sentiment', 20)],
    ['enter another', () => enter('sentiment', 60)],
    ['revise a series', () => call('risk.reviseSeries', { ...of(), seriesId: world['seriesId'] ?? '', name: '净化器负面' })],
    [
      'assess',
      async () => {
        const { inputs } = await call('risk.get', of())
        await call('risk.assess', { ...of(), inputs: { ...inputs, mainstreamMedia: 6 }, verdict: 'confirmed', reason: '扩散' })
      },
    ],
    [
      'refuse a turning point',
      () =>
        call('risk.judgeSuggestion', {
          ...of(),
          seriesId: world['seriesId'] ?? '',
          kind: 'cooling',
          at: clock.now(),
          confirmed: false,
          text: '不是',
        }),
    ],
    [
      'confirm a turning point',
      () =>
        call('risk.judgeSuggestion', {
          ...of(),
          seriesId: world['seriesId'] ?? '',
          kind: 'acceleration',
          at: clock.now(),
          confirmed: true,
          text: '转载',
        }),
    ],
    [
      'set rules',
      async () => {
        const { rules, version } = await call('rules.get', {})
        const riskWeights = { spread: 0, sentiment: 0, influence: 100, business: 0 }
        await call('rules.set', { version, rules: { ...rules, riskWeights } })
      },
    ],
    [
      'add a contact',
      async () => {
        const contact = { name: '钱进', organization: '', position: '', department: null, layer: null, note: '', memberId: null }
        const { id } = await call('contacts.add', { contact, channels: [{ kind: 'mobile', address: '13800138000', label: '' }] })
        world['contactId'] = id
      },
    ],
    [
      'prove a channel',
      async () => {
        const [contact] = await call('contacts.list', {})
        const [channelId = '', contactId = ''] = [contact?.channels[0]?.id, world['contactId']]
        await call('contacts.verifyChannel', { contactId, channelId, address: '+8613800138000', how: 'answered' })
      },
    ],
    ...beforeImports,
    ['check an import', inspectAndCheck],
    [
      'write an import',
      async () => {
        await call('imports.write', { jobId: world['jobId'] ?? '' })
        await script.settled(world['jobId'] ?? '')
        world['importId'] = (await call('imports.list', of()))[0]?.id ?? ''
      },
    ],
    ['undo an import', () => call('imports.undo', { ...of(), importId: world['importId'] ?? '' })],
    ['restore an import', () => call('imports.restore', { ...of(), importId: world['importId'] ?? '' })],
    [
      'a notice comes',
      () => {
        const scope = privateScope(world.me)
        const subject = { kind: 'entry', id: world['entryId'] ?? '' }
        const body = { rule: 'mentioned', incidentId: world.incidentId, subject, cause: idOf(0x77), params: { where: 'text' } }
        return Promise.resolve(hear(scope, [opText({ type: 'notice.made', kind: 'notice', id: idOf(0x78), scope, body })], BEN))
      },
    ],
    [
      'what the notice tells of is corrected',
      () =>
        call('timeline.correct', {
          ...entry(),
          content: { kind: 'observation', text: '净化器，另一台', happenedAt: clock.now() },
          reason: '改',
        }),
    ],
    ['read a notice', () => call('notices.readAll', {})],
    ['change the level', () => call('incidents.changeLevel', { ...of(), to: 2, reason: '缓和' })],
    [
      'grant authority',
      () => call('incidents.grantAuthority', { ...of(), memberId: BEN, as: 'executive', until: clock.now() + HOUR, reason: '夜班' }),
    ],
    ['end authority', () => call('incidents.endAuthority', { ...of(), memberId: BEN, as: 'executive' })],
    ['restrict', () => call('incidents.restrict', { ...of(), members: [BEN] })],
    ['unrestrict', () => call('incidents.unrestrict', of())],
    ['contain', () => call('incidents.setStatus', { ...of(), to: 'contained', reason: '平息' })],
    ['close', () => call('incidents.setStatus', { ...of(), to: 'closed', reason: '完' })],
    ['open again', () => call('incidents.setStatus', { ...of(), to: 'open', reason: '复燃' })],
    ['hand over', () => call('incidents.handOver', { ...of(), memberId: BEN, name: '本', summary: '夜里安静' })],
  ]
}
