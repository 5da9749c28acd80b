import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CommandEdge, CommandRead, Draft } from '#domain/commands/command.ts'
import { HUB_ACTOR } from '#domain/log/ids.ts'
import { parseOp } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { Failure } from '#contract/failures.ts'
import { runCommand } from '#hub/api/run-command.ts'
import { idsFrom } from '#hub/api/write-ops.ts'
import { openReplica } from '#replica/open-replica.ts'
import type { ReplicaHandlers } from '#replica/replica-services.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { createFakeClock, type FakeClock } from '#tests/support/fake-clock.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { openApi, type Answer } from './open-api.ts'

type Api = Awaited<ReturnType<typeof openApi>>

/** The content of an op, without generated ids, times and marks of its device. */
export type Said = { scope: string; kind: string; id: string; type: string; version: number; body: unknown }

export type TwoWays = {
  api: Api
  clock: FakeClock
  /** Ops that the services of a member's device write for an act; the device holds everything that the hub's log holds for them. */
  byScreen(memberId: string, act: (handlers: ReplicaHandlers) => unknown): Promise<Said[]>
  /** Ops that are recorded for an act at the hub. */
  byHub(memberId: string, act: (secret: string) => Promise<unknown>): Promise<Said[]>
  /** The same by a command that runs at the hub, also one without a route. */
  byCommand(memberId: string, command: (read: CommandRead, edge: CommandEdge) => Draft[] | Failure): Promise<Said[]>
  /** The same through the API, which must accept it. */
  byApi(memberId: string, method: 'POST', path: string, body: unknown): Promise<Said[]>
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** The content of ops; ids that were not known before are numbered in order of appearance. */
function saidBy(texts: readonly string[], known: ReadonlySet<string>): Said[] {
  const ops = texts.map((text) => {
    const parsed = parseOp(text)
    if (!parsed.ok) throw new Error(parsed.detail)
    return parsed.op
  })
  const fresh = new Map<string, string>()
  const said = ops.map(({ scope, entity: { kind, id }, type, version, body }) => ({
    scope,
    kind,
    id,
    type,
    version,
    body,
  }))
  return JSON.parse(
    JSON.stringify(said).replaceAll(UUID, (id) => {
      if (known.has(id)) return id
      const name = fresh.get(id) ?? `new ${fresh.size + 1}`
      fresh.set(id, name)
      return name
    }),
  ) as Said[]
}

/** One hub, devices that hold its log, and both ways of acting in it. */
export async function openTwoWays(): Promise<TwoWays> {
  const clock = createFakeClock()
  const api = await openApi(makeTempFolder('two-ways', 'quick'), clock.now)
  onTestFinished(() => api.close())
  const { log } = api.team.hub

  /** What the hub's own timers recorded is not there: it may come at any time, and belongs to no act. */
  async function actsFor(memberId: string): Promise<{ scope: string; records: LogRecord[] }[]> {
    return (await recordsFor(memberId)).map(({ scope, records }) => ({
      scope,
      records: records.filter(({ actor }) => actor !== HUB_ACTOR),
    }))
  }

  async function recordsFor(memberId: string): Promise<{ scope: string; records: LogRecord[] }[]> {
    const heads = await log.headsFor(memberId)
    return Promise.all(heads.map(async ({ scope }) => ({ scope, records: await log.readAfter(memberId, scope, 0, 10_000) })))
  }

  const knownIds = async (memberId: string) =>
    new Set((await recordsFor(memberId)).flatMap(({ records }) => records.flatMap(({ bytes }) => bytes.match(UUID) ?? [])))

  async function byHub(memberId: string, act: (secret: string) => Promise<unknown>): Promise<Said[]> {
    const { secret } = await api.token(memberId)
    const before = new Map((await actsFor(memberId)).map(({ scope, records }) => [scope, records.length]))
    const known = await knownIds(memberId)
    await act(secret)
    const after = await actsFor(memberId)
    const made = after.flatMap(({ scope, records }) => records.slice(before.get(scope) ?? 0))
    if (made.some(({ outcome }) => outcome.kind !== 'accepted')) throw new Error(JSON.stringify(made.map(({ outcome }) => outcome)))
    return saidBy(
      made.map(({ bytes }) => bytes),
      known,
    )
  }

  return {
    api,
    clock,
    byHub,
    byCommand: (memberId, command) =>
      byHub(memberId, async () => {
        const written = await runCommand(api.team, memberId, idsFrom(crypto.randomUUID()), command)
        if (!written.ok) throw new Error(JSON.stringify(written.failure))
      }),
    byApi: (memberId, method, path, body) =>
      byHub(memberId, async (secret) => {
        const answer: Answer = await api.call(method, path, secret, body)
        if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
      }),
    async byScreen(memberId, act) {
      const folder = makeTempFolder('two-ways', 'quick')
      const opened = openReplica({
        file: join(folder, 'replica.db'),
        dataFolder: folder,
        mayCreate: true,
        readOnly: false,
        tableWorker: workerUrls(import.meta.url).table,
        edge: { now: clock.now, uuid: () => crypto.randomUUID() },
        announce: () => undefined,
        onSyncTrouble: () => undefined,
        onFault: (error) => api.faults.push(error),
      })
      if (!opened.ok) throw new Error('The replica does not open')
      const { replica } = opened
      try {
        replica.store.meta.write('memberId', memberId)
        for (const { scope, records } of await recordsFor(memberId)) replica.store.apply(scope, records)
        const result = (await act(replica.handlers)) as { ok: boolean; failure?: unknown }
        if (!result.ok) throw new Error(JSON.stringify(result.failure))
        const texts = replica.db.prepare<[], string>('SELECT bytes FROM outbox ORDER BY place').pluck().all()
        return saidBy(texts, await knownIds(memberId))
      } finally {
        await replica.close()
      }
    },
  }
}
