import { channel } from 'node:diagnostics_channel'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { expect, onTestFinished } from 'vitest'
import { connectHub } from '#contract/connect-hub.ts'
import { serveHub } from '#hub/http/serve-hub.ts'
import { openHub } from '#hub/open-hub.ts'
import { memoryWire } from '#hub/session/links.ts'
import { createTeamHub } from '#hub/team-hub.ts'
import { ANN, declareText, entryText, idOf, INCIDENT_SCOPE, joinText } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

export type Route = Pick<RouteOptions, 'method' | 'url' | 'schema'> & { config?: { tokenScope?: string } }

/** A complete hub with a team, on a real socket, and every route that it serves, whichever module adds it. */
export async function openServed() {
  const folder = makeTempFolder('fuzz', 'quick')
  const opened = openHub(`${folder}/hub.db`, true, Date.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const faults: unknown[] = []
  const log = (level: string, message: string, detail?: Record<string, unknown>) =>
    void (level === 'info' ? null : faults.push({ message, detail }))
  const team = await createTeamHub({
    hub: opened.hub,
    dataFolder: folder,
    evidenceFolder: `${folder}/evidence`,
    version: 'test',
    log,
    now: Date.now,
  })
  const routes: Route[] = []
  const listen = (made: unknown) =>
    void (made as { fastify: FastifyInstance }).fastify.addHook('onRoute', (route) => void routes.push(route as Route))
  const initialization = channel('fastify.initialization')
  initialization.subscribe(listen)
  const server = await serveHub(team, { host: '127.0.0.1', port: 0, certificate: null, behindProxy: false, log })
  initialization.unsubscribe(listen)
  onTestFinished(async () => {
    await server.close()
    await team.close()
  })
  const wire = memoryWire(team.links, { memberId: ANN, sessionId: null, device: 'test', address: 'here' })
  const link = connectHub(wire)
  // Level II has no bulletins: the hub writes nothing by itself.
  await link.push([joinText(ANN, '安', 'commander'), declareText(undefined, { level: 2 }), entryText(idOf(0x500), '第一条')])
  return { team, server, wire, link, faults, routes }
}

export type Served = Awaited<ReturnType<typeof openServed>>

/** Afterwards the hub still serves, and its log is intact. */
export async function expectSound({ team, link, faults }: Served, n: number): Promise<void> {
  const { records } = await link.push([entryText(idOf(0x600 + n), '之后')])
  expect(records[0]?.outcome).toEqual({ kind: 'accepted' })
  expect((await link.pull(INCIDENT_SCOPE, records[0] ? records[0].seq - 1 : 0, 500)).records.at(-1)?.hash).toBe(records[0]?.hash)
  expect(await team.isSound()).toBe(true)
  expect(faults.slice(0, 3)).toEqual([])
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Heap in use after garbage collection, bytes. */
export async function heapInUse(): Promise<number> {
  for (let turn = 0; turn < 4; turn++) {
    await new Promise(setImmediate)
    collect()
  }
  return process.memoryUsage().heapUsed
}

/**
 * Sends `count` messages and compares the heap after half of them and at the end: messages of strangers must not stay in memory.
 * @param send sends some messages and returns how many
 */
export async function sendAll(count: number, send: (sent: number) => Promise<number>): Promise<void> {
  let sent = 0
  const until = async (end: number) => {
    while (sent < end) sent += await send(sent)
    return heapInUse()
  }
  const [half, whole] = [await until(count / 2), await until(count)]
  expect(whole / half).toBeLessThan(1.1)
}
