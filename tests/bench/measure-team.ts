import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, copyFileSync, createWriteStream, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { connectHub } from '#contract/connect-hub.ts'
import type { HubLink } from '#contract/hub-link.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { askForReplica, fetchReplica } from '#replica/link/fetch-bootstrap-snapshot.ts'
import { socketWire } from '#replica/link/socket-wire.ts'
import { installBootstrap } from '#replica/store/install-bootstrap.ts'
import { replicaForm } from '#replica/store/replica-form.ts'
import { createReplicaStore, REAL_EDGE } from '#replica/store/replica-store.ts'
import { createSyncClient } from '#replica/sync/sync-client.ts'
import { REPLICA_FILE } from '#workspace/open-files.ts'
import type { Benchmark, Figure, Workshop } from './benchmark.ts'
import { openBareReplica } from './data-folders.ts'
import { createAuthor, entryOp } from './op-texts.ts'
import { percentile, timeEachLater } from './percentiles.ts'

const CLIENTS = 50
const CROWD = 200
const WORDS = 300
/** Time between two entries of the writer, milliseconds: a busy room, not a flood. */
const PACE_MS = 15
const MB = 1024 * 1024

const Ready = z.object({ port: z.int() })
const Filled = z.object({ sessions: z.array(z.object({ memberId: z.uuid(), token: z.string() })), incidentId: z.uuid(), file: z.string() })
const Memory = z.object({ rss: z.number() })
const Made = z.object({ seconds: z.number(), late: z.number(), memory: z.number() })
type Session = z.output<typeof Filled>['sessions'][number]

async function answer<Schema extends z.ZodType>(child: ChildProcess, schema: Schema): Promise<z.output<Schema>> {
  const [message] = (await once(child, 'message')) as [unknown]
  return schema.parse(message)
}

/** Starts a hub in its own process with a log of some length. */
async function startHub(folder: string, members: number, entries: number) {
  const child = fork(new URL('hub-process.ts', import.meta.url), [folder], { execArgv: ['--expose-gc'] })
  const { port } = await answer(child, Ready)
  child.send({ do: 'fill', members, entries })
  const filled = await answer(child, Filled)
  const url = `http://127.0.0.1:${port}`
  return {
    ...filled,
    url,
    /** Makes the hub prepare its bootstrap snapshot. */
    async makeReady(): Promise<z.output<typeof Made>> {
      child.send({ do: 'ready' })
      return answer(child, Made)
    },
    /** Serves a file unchanged. Returns its address. */
    async serve(file: string): Promise<string> {
      child.send({ do: 'serve', file })
      return `http://127.0.0.1:${(await answer(child, Ready)).port}`
    },
    connect: (session: Session) => connectHub(socketWire({ url, pinned: null }, session.token, 'bench')),
    async memory(): Promise<number> {
      child.send({ do: 'memory' })
      return (await answer(child, Memory)).rss
    },
    async stop(): Promise<void> {
      child.send({ do: 'stop' })
      await once(child, 'exit')
    },
  }
}
type Hub = Awaited<ReturnType<typeof startHub>>

const hello = (link: HubLink) => link.hello({ replicaId: crypto.randomUUID(), cursors: [], sentAt: Date.now() })

/** Another client that follows the log without storing it: it pulls the announced records that were not pushed to it. */
async function follow(link: HubLink, scope: string): Promise<void> {
  let seq = (await hello(link)).scopes.find((head) => head.scope === scope)?.seq ?? 0
  let pulling = false
  link.onAdvance((heads, told) => {
    for (const record of told) if (record.scope === scope && record.seq === seq + 1) seq = record.seq
    if (pulling || !heads.some((head) => head.scope === scope && head.seq > seq)) return
    pulling = true
    void link.pull(scope, seq, 500).then(({ records }) => {
      seq = records.at(-1)?.seq ?? seq
      pulling = false
    })
  })
}

/** A member's device: real files, real store, real sync. */
function openDevice(folder: string, hub: Hub, session: Session, farBehind?: number) {
  mkdirSync(folder, { recursive: true })
  const replica = openBareReplica(folder)
  const { db, store } = replica
  store.meta.write('memberId', session.memberId)
  const waiting = new Set<() => void>()
  const link = hub.connect(session)
  const sync = createSyncClient(
    {
      db,
      store: createReplicaStore(db, REAL_EDGE),
      link,
      edge: REAL_EDGE,
      random: Math.random,
      folder: join(folder, 'incoming'),
      ...(farBehind === undefined ? {} : { farBehind }),
    },
    {
      onChanges: () => {
        for (const look of waiting) look()
      },
      onTrouble: (trouble) => console.error(trouble),
      onConnection: () => undefined,
      onRefused: (reason) => console.error(reason),
      onForgotten: () => undefined,
      onSettled: () => undefined,
      onFault: (error) => console.error(error),
    },
  )
  return {
    sync,
    has: (id: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!store.read('entry', id)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    async close(): Promise<void> {
      await sync.close()
      await replica.close()
    },
  }
}

async function measureWords(hub: Hub, folder: string): Promise<Figure[]> {
  const scope = incidentScope(hub.incidentId)
  const [writing, reading, ...others] = hub.sessions.slice(0, CLIENTS)
  if (!writing || !reading) throw new Error('no sessions')
  const links = others.map(hub.connect)
  for (const link of links) await follow(link, scope)
  const writer = hub.connect(writing)
  await hello(writer)
  const device = openDevice(folder, hub, reading)
  await device.sync.wake()
  const author = { ...createAuthor(33), memberId: writing.memberId, replicaId: crypto.randomUUID() }
  const asked = await timeEachLater(WORDS, () => writer.findEvidence('0'.repeat(64)))
  const sample: number[] = []
  for (let index = 0; index < WORDS; index++) {
    const text = entryOp(author, hub.incidentId, index, Date.now())
    const { entity } = JSON.parse(text) as { entity: { id: string } }
    const from = performance.now()
    const there = device.has(entity.id).then(() => sample.push(performance.now() - from))
    await writer.push([text])
    await there
    await wait(PACE_MS)
  }
  await device.close()
  for (const link of [writer, ...links]) link.close()
  const baseline = { name: 'a question answered', value: percentile(asked, 0.99) }
  return [
    {
      name: `op on another screen p50, ${CLIENTS} clients`,
      value: percentile(sample, 0.5),
      unit: 'ms',
      more: false,
      baseline: { ...baseline, value: percentile(asked, 0.5) },
    },
    {
      name: `op on another screen p99, ${CLIENTS} clients`,
      value: percentile(sample, 0.99),
      unit: 'ms',
      more: false,
      baseline,
      goal: { of: 'value', limit: 50 },
    },
  ]
}

/** Measures a new device without data: it pulls the whole log, or begins from a snapshot. */
async function measureArrival(hub: Hub, folder: string, farBehind: number | undefined): Promise<number> {
  const session = hub.sessions[2]
  if (!session) throw new Error('no session')
  const device = openDevice(folder, hub, session, farBehind)
  const from = performance.now()
  await device.sync.wake()
  const seconds = (performance.now() - from) / 1000
  await device.close()
  return seconds
}

/** Measures a new device that uses the hub's bootstrap snapshot: fetch, install, open, pull the rest. */
async function measureReadyArrival(hub: Hub, folder: string): Promise<{ seconds: number; copied: number; carried: number; bytes: number }> {
  const session = hub.sessions[3]
  if (!session) throw new Error('no session')
  mkdirSync(folder, { recursive: true })
  const own = openBareReplica(folder)
  own.store.meta.write('memberId', session.memberId)
  await own.close()
  const door = { url: hub.url, pinned: null, token: session.token }
  const { signal } = new AbortController()
  const from = performance.now()
  const offer = await askForReplica(door, replicaForm('bench'), null, signal)
  if (!offer) throw new Error('nothing is ready')
  const fetched = await fetchReplica(door, offer, join(folder, 'incoming'), () => undefined, signal)
  if (typeof fetched === 'string') throw new Error(fetched)
  const adopted = installBootstrap(join(folder, REPLICA_FILE), fetched.file, offer)
  if (!adopted.ok) throw new Error(adopted.why)
  const device = openDevice(folder, hub, session)
  await device.sync.wake()
  const seconds = (performance.now() - from) / 1000
  await device.close()
  // Baselines: the same bytes copied to the same disk, equally durable; and fetched over the same link.
  const file = join(folder, REPLICA_FILE)
  const copied = copySeconds(file, join(folder, 'copy.db'))
  const address = await hub.serve(file)
  const asked = performance.now()
  const { body } = await fetch(address)
  if (!body) throw new Error('nothing came')
  await pipeline(body, createWriteStream(join(folder, 'copy.db'), { flush: true }))
  return { seconds, copied, carried: (performance.now() - asked) / 1000, bytes: offer.wholeSize }
}

async function measureCrowd(hub: Hub): Promise<number> {
  const before = await hub.memory()
  const links = hub.sessions.slice(0, CROWD).map(hub.connect)
  for (const link of links) await follow(link, incidentScope(hub.incidentId))
  const after = await hub.memory()
  for (const link of links) link.close()
  return (after - before) / MB
}

function copySeconds(file: string, to: string): number {
  const from = performance.now()
  copyFileSync(file, to)
  const handle = openSync(to, 'r+')
  fsyncSync(handle)
  closeSync(handle)
  const seconds = (performance.now() - from) / 1000
  rmSync(to)
  return seconds
}

async function measureAt(entries: number, workshop: Workshop): Promise<Figure[]> {
  const folder = workshop.folder()
  workshop.say(`a hub with ${entries.toLocaleString('en')} entries`)
  const hub = await startHub(join(folder, 'hub'), CROWD, entries)
  const of = `log of ${entries.toLocaleString('en')}`
  const figures = (await measureWords(hub, join(folder, 'reader'))).map((figure) => ({ ...figure, name: `${figure.name}, ${of}` }))
  const copied = copySeconds(hub.file, join(folder, 'copy.db'))
  if (entries <= 10_000) {
    const seconds = await measureArrival(hub, join(folder, 'behind'), Number.POSITIVE_INFINITY)
    figures.push({
      name: `catch-up of ${entries.toLocaleString('en')} ops`,
      value: seconds,
      unit: 's',
      more: false,
      baseline: { name: 'copying the file onto the disk', value: copied },
      goal: { of: 'value', limit: 1.5 },
    })
  } else {
    const cost = await hub.makeReady()
    const ready = await measureReadyArrival(hub, join(folder, 'ready'))
    figures.push(
      {
        name: `a new device, ${of}, ${(ready.bytes / MB).toFixed(0)} MB`,
        value: ready.seconds,
        unit: 's',
        more: false,
        baseline: { name: 'copying the file onto the disk', value: ready.copied },
        goal: { of: 'ratio', limit: 2 },
      },
      {
        name: 'the same, beside the line that it came over',
        value: ready.seconds,
        unit: 's',
        more: false,
        baseline: { name: 'fetching the bare file over HTTP', value: ready.carried },
        goal: { of: 'ratio', limit: 2 },
      },
      { name: `making the replica for it at the hub, ${of}`, value: cost.seconds, unit: 's', more: false },
      { name: 'memory that this takes for a while', value: cost.memory / MB, unit: 'MB', more: false },
      { name: 'longest that the hub is held up by it', value: cost.late, unit: 'ms', more: false },
      {
        name: `a new device by the snapshots of each scope, ${of}`,
        value: await measureArrival(hub, join(folder, 'fresh'), undefined),
        unit: 's',
        more: false,
      },
    )
  }
  figures.push({ name: `memory of ${CROWD} links, ${of}`, value: await measureCrowd(hub), unit: 'MB', more: false })
  figures.push({ name: `memory of the hub, ${of}`, value: (await hub.memory()) / MB, unit: 'MB', more: false })
  await hub.stop()
  return figures
}

/** Figures 3, 4 and 5 of a team: an entry on another device, catching up, a new device, and the hub's costs, by length of the log. */
export const teamBenchmark: Benchmark = {
  name: 'team',
  about: `a hub in a process of its own over loopback: a word on another desk with ${CLIENTS} of them, catching up, a new device, memory`,
  async run(workshop) {
    const figures: Figure[] = []
    for (const entries of [10_000, 100_000]) figures.push(...(await measureAt(entries, workshop)))
    return figures
  },
}
