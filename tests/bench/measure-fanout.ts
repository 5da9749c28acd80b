import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Benchmark, Figure, Workshop } from './benchmark.ts'
import { percentile } from './percentiles.ts'

const ROUNDS = 15
const CLIENT_PROCESSES = 2
const MB = 1024 * 1024
/** Consoles may be away this long when the hub is restarted, seconds. */
const BACK_WITHIN = 15

const Ready = z.object({ port: z.int(), plain: z.int() })
const Agents = z.object({ secrets: z.array(z.string()) })
const Moments = z.object({ at: z.string().transform(BigInt), stored: z.string().transform(BigInt) })
const Memory = z.object({ rss: z.number() })
const Opened = z.object({ opened: z.number(), lost: z.int() })
const Listening = z.object({ listening: z.int() })
const Took = z.object({ times: z.array(z.string().transform(BigInt)), sample: z.string() })

async function answer<Schema extends z.ZodType>(child: ChildProcess, schema: Schema): Promise<z.output<Schema>> {
  const exited = new AbortController()
  const fails = () => exited.abort(new Error('A process of the benchmark ended'))
  child.once('exit', fails)
  const [message] = (await once(child, 'message', { signal: exited.signal })) as [unknown]
  child.off('exit', fails)
  return schema.parse(message)
}

async function ask<Schema extends z.ZodType>(child: ChildProcess, order: object, schema: Schema): Promise<z.output<Schema>> {
  const reply = answer(child, schema)
  child.send(order)
  return reply
}

async function startHub(folder: string, port = 0) {
  const child = fork(new URL('fanout-hub.ts', import.meta.url), [folder, String(port)], { execArgv: ['--expose-gc'] })
  return { child, ...(await answer(child, Ready)) }
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.send({ do: 'stop' })
  await exited
}

const memoryOf = async (child: ChildProcess) => (await ask(child, { do: 'memory' }, Memory)).rss / MB

/**
 * One change to all clients.
 * @returns for each client, milliseconds until it had parsed it, since the change was asked for and since it was stored; how long storing took;
 *   and the bytes that came
 */
async function spread(
  hub: ChildProcess,
  clients: readonly ChildProcess[],
  from: 'streams' | 'sockets',
  order: object,
  expected: number,
): Promise<{ sample: number[]; sinceStored: number[]; storing: number; text: string }> {
  const listening = await Promise.all(clients.map((client) => ask(client, { do: 'next', from }, Listening)))
  const all = listening.reduce((sum, one) => sum + one.listening, 0)
  if (all !== expected) throw new Error(`${all} of ${expected} clients are there`)
  const taken = Promise.all(clients.map((client) => answer(client, Took)))
  const { at, stored } = await ask(hub, order, Moments)
  const took = await taken
  const since = (moment: bigint) => took.flatMap(({ times }) => times.map((time) => Number(time - moment) / 1e6))
  return { sample: since(at), sinceStored: since(stored), storing: Number(stored - at) / 1e6, text: took[0]?.sample ?? '' }
}

async function measureAt(count: number, workshop: Workshop): Promise<Figure[]> {
  const folder = join(workshop.folder(), 'hub')
  const hub = await startHub(folder)
  const { secrets } = await ask(hub.child, { do: 'agents', count }, Agents)
  await ask(hub.child, { do: 'publish' }, Moments)
  const clients = Array.from({ length: CLIENT_PROCESSES }, () => fork(new URL('fanout-clients.ts', import.meta.url)))
  const share = Math.ceil(count / CLIENT_PROCESSES)
  const shareOf = (index: number) => secrets.slice(index * share, (index + 1) * share)
  const before = await memoryOf(hub.child)
  await Promise.all(clients.map((client, index) => ask(client, { do: 'streams', port: hub.port, secrets: shareOf(index) }, Opened)))
  const withStreams = await memoryOf(hub.child)
  await Promise.all(clients.map((client, index) => ask(client, { do: 'sockets', port: hub.plain, count: shareOf(index).length }, Opened)))
  const withSockets = await memoryOf(hub.child)
  const [streams, streamsSinceStored, sockets, storing]: [number[], number[], number[], number[]] = [[], [], [], []]
  let bytes = 0
  for (let round = 0; round < ROUNDS; round++) {
    const published = await spread(hub.child, clients, 'streams', { do: 'publish' }, count)
    streams.push(...published.sample)
    streamsSinceStored.push(...published.sinceStored)
    storing.push(published.storing)
    bytes = Buffer.byteLength(published.text)
    await wait(100)
    sockets.push(...(await spread(hub.child, clients, 'sockets', { do: 'broadcast', text: published.text }, count)).sample)
    await wait(100)
  }
  workshop.say(
    `${count} agents, ${ROUNDS} publications of ${bytes} bytes, load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}`,
  )
  const of = `${count.toLocaleString('en')} agents`
  const p99 = (sample: readonly number[]) => percentile(sample, 0.99)
  const figuresOf = (what: string, times: readonly number[]): Figure[] => {
    const figure = (name: string, value: (sample: readonly number[]) => number): Figure => ({
      name: `${what} at ${of}, ${name}`,
      value: value(times),
      unit: 'ms',
      more: false,
      baseline: { name: 'a bare socket.io broadcast of the same bytes, which stores nothing', value: value(sockets) },
    })
    return [
      figure('p50', (sample) => percentile(sample, 0.5)),
      { ...figure('p99', p99), goal: { of: 'ratio', limit: 1.5 } },
      figure('longest', (sample) => Math.max(...sample)),
    ]
  }
  const figures: Figure[] = [
    ...figuresOf('from publishing to parsed', streams),
    ...figuresOf('from stored durably to parsed', streamsSinceStored),
    { name: `judged and stored durably, with ${of}, p50`, value: percentile(storing, 0.5), unit: 'ms', more: false },
    { name: `judged and stored durably, with ${of}, p99`, value: p99(storing), unit: 'ms', more: false },
    {
      name: `changes that ${of} did not get`,
      value: count * ROUNDS - streams.length,
      unit: '',
      more: false,
      goal: { of: 'value', limit: 0 } as const,
    },
    {
      name: `memory of the hub for ${of}`,
      value: withStreams - before,
      unit: 'MB',
      more: false,
      baseline: { name: 'for as many sockets of socket.io', value: withSockets - withStreams },
    },
  ]
  figures.push({ ...(await measureReturn(hub, folder, clients)), name: `${of} are back after a restart of the hub` })
  for (const client of clients) client.kill()
  return figures
}

/** Restarts the hub on its port: all consoles must come back and get their state. */
async function measureReturn(hub: Awaited<ReturnType<typeof startHub>>, folder: string, clients: readonly ChildProcess[]): Promise<Figure> {
  const from = performance.now()
  // Answered when the last console is back.
  const back = Promise.all(clients.map((client) => answer(client, Opened)))
  await stop(hub.child)
  const again = await startHub(folder, hub.port)
  await back
  const seconds = (performance.now() - from) / 1000
  await stop(again.child)
  return { name: '', value: seconds, unit: 's', more: false, goal: { of: 'value', limit: BACK_WITHIN } }
}

/** How fast a publication reaches every open console, beside a broadcast of socket.io that stores nothing and knows nobody. */
export const fanoutBenchmark: Benchmark = {
  name: 'fanout',
  about: 'a text published to 1,000 and 3,000 open consoles of agents, beside a bare socket.io broadcast; and their return after a restart',
  async run(workshop) {
    const figures: Figure[] = []
    for (const count of [1000, 3000]) figures.push(...(await measureAt(count, workshop)))
    return figures
  },
}
