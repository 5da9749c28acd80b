import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import type { MemberPosition } from '#domain/members/member.ts'
import { HubConfig } from '#hub/hub-config.ts'
import { EVERYBODY } from '#hub/log/readers.ts'
import { runHub } from '#hub/run-hub.ts'
import { createReplicaMaker } from '#workspace/standalone-hub/replica-maker.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { batches } from './data-folders.ts'
import { beginning, createAuthor, entryOp, STARTED_AT } from './op-texts.ts'

/** A hub in its own process, as on a server; the benchmark that starts it tells it what to hold, and asks for its memory. */
const Order = z.discriminatedUnion('do', [
  z.object({ do: z.literal('fill'), members: z.int(), entries: z.int() }),
  z.object({ do: z.literal('memory') }),
  z.object({ do: z.literal('ready') }),
  z.object({ do: z.literal('serve'), file: z.string() }),
  z.object({ do: z.literal('stop') }),
])

const folder = process.argv[2] ?? ''
const maker = createReplicaMaker(workerUrls(import.meta.url).bootstrap, 'bench')
let mayMake = false
const started = await runHub(HubConfig.parse({ data: folder, host: '127.0.0.1', port: 0, 'no-tls': true, name: 'bench' }), {
  version: 'bench',
  now: Date.now,
  addressesAt: () => ['127.0.0.1'],
  // No bootstrap snapshot is made in advance: its cost is measured.
  replicaMaker: { form: maker.form, close: () => maker.close(), make: (job) => (mayMake ? maker.make(job) : Promise.resolve(null)) },
  log: (level, message, detail) => (level === 'info' ? undefined : console.error(message, detail)),
})
if (!started.ok) throw new Error(JSON.stringify(started.trouble))
const { team, server } = started.running
const tell = (message: object) => process.send?.(message)

async function fill(members: number, entries: number): Promise<void> {
  const author = createAuthor(21)
  const { texts, incidentIds } = beginning(author, 1)
  await team.hub.log.submit(texts, { memberId: author.memberId, admission: null })
  const incidentId = incidentIds[0] ?? ''
  function* all(): Generator<string> {
    for (let index = 0; index < entries; index++) yield entryOp(author, incidentId, index, STARTED_AT + index * 1000)
  }
  for (const batch of batches(all(), 500)) await team.hub.log.submit(batch, { memberId: author.memberId, admission: null })
  const place: MemberPosition = { role: 'pr' }
  const sessions = await Promise.all(
    Array.from({ length: members }, async (_, index) => {
      const { secret } = await team.accounts.invites.make(place, '', 1, author.memberId)
      const joined = await team.accounts.useInvite(secret, {
        name: `成员 ${index}`,
        login: `member-${index}`,
        password: 'a long password',
        device: 'bench',
      })
      if (!joined.ok) throw new Error(joined.failure.code)
      return { memberId: joined.value.memberId, token: joined.value.token }
    }),
  )
  tell({ sessions, incidentId, file: join(folder, 'hub.db') })
}

/** The hub's cost of a bootstrap snapshot: its duration, the longest delay of the event loop, and the peak memory. */
async function makeReady(): Promise<void> {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let most = before
  let late = 0
  let at = performance.now()
  const look = setInterval(() => {
    const now = performance.now()
    late = Math.max(late, now - at - 10)
    at = now
    most = Math.max(most, process.memoryUsage().rss)
  }, 10)
  const from = performance.now()
  mayMake = true
  await team.bootstrapSnapshots?.offer(EVERYBODY, maker.form, null)
  const seconds = (performance.now() - from) / 1000
  clearInterval(look)
  tell({ seconds, late, memory: most - before })
}

/** Serves a file unchanged, to measure what the same link needs for the same bytes. */
function serveFile(file: string): void {
  const plain = createServer((_request, response) => void createReadStream(file, { highWaterMark: 1024 * 1024 }).pipe(response))
  plain.listen(0, '127.0.0.1', () => tell({ port: (plain.address() as AddressInfo).port }))
}

process.on('message', (raw) => {
  const order = Order.parse(raw)
  if (order.do === 'fill') void fill(order.members, order.entries)
  else if (order.do === 'memory') {
    globalThis.gc?.()
    tell({ rss: process.memoryUsage().rss })
  } else if (order.do === 'ready') void makeReady()
  else if (order.do === 'serve') serveFile(order.file)
  else void started.running.close().then(() => process.exit(0))
})
tell({ port: server.port })
