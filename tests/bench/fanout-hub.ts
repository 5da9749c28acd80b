import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Server } from 'socket.io'
import { z } from 'zod'
import { incidentScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { contentHash, EMPTY_CONTENT } from '#domain/wording/content.ts'
import { hashSecret } from '#hub/accounts/secrets.ts'
import type { AgentTables } from '#hub/agents/agent-tables.ts'
import { HubConfig } from '#hub/hub-config.ts'
import { runHub } from '#hub/run-hub.ts'
import { beginning, createAuthor, opText } from './op-texts.ts'
import { uuidAt } from './random.ts'

/** A hub with agents in its own process; and beside it, in the same process, a bare socket.io server for the same bytes. */
const Order = z.discriminatedUnion('do', [
  z.object({ do: z.literal('agents'), count: z.int() }),
  z.object({ do: z.literal('publish') }),
  z.object({ do: z.literal('broadcast'), text: z.string() }),
  z.object({ do: z.literal('memory') }),
  z.object({ do: z.literal('stop') }),
])

/** Far shorter than in use, where approvers read the text. */
const APPROVED_AFTER_MS = 300

const [folder = '', port = '0', seed = '1'] = process.argv.slice(2)
const started = await runHub(HubConfig.parse({ data: folder, host: '127.0.0.1', port: Number(port), 'no-tls': true, name: 'bench' }), {
  version: 'bench',
  now: Date.now,
  addressesAt: () => ['127.0.0.1'],
  log: (level, message, detail) => (level === 'info' ? undefined : console.error(message, detail)),
})
if (!started.ok) throw new Error(JSON.stringify(started.trouble))
const { team, server } = started.running
const plain = createServer()
const io = new Server(plain, { transports: ['websocket'], perMessageDeflate: false, httpCompression: false, serveClient: false })
await new Promise<void>((ready) => void plain.listen(0, '127.0.0.1', ready))
const tell = (message: object) => process.send?.(message)

const author = createAuthor(Number(seed))
const id = () => uuidAt(Date.now(), author.random)
const { texts, incidentIds } = beginning(author, 1)
const incidentId = incidentIds[0] ?? ''
const executive = createAuthor(Number(seed) + 1000)
const wordingId = id()
let number = 0

const inIncident = (kind: string, of: string, type: string, body: object) =>
  opText(executive, incidentScope(incidentId), { kind, id: of }, type, body, Date.now())

async function submit(ops: readonly string[], memberId: string, admission: Parameters<typeof team.submit>[2] = null): Promise<void> {
  const refused = (await team.submit(ops, memberId, admission)).find(({ outcome }) => outcome.kind !== 'accepted')
  if (refused) throw new Error(JSON.stringify(refused.outcome))
}

/** Sessions of agents, without their passwords: hashing thousands is not measured here. */
async function addAgents(count: number): Promise<void> {
  await submit(texts, author.memberId)
  const place = { role: 'executive' } as const
  const body = { name: '总裁', ...place }
  await submit(
    [opText(executive, TEAM_SCOPE, { kind: 'member', id: executive.memberId }, 'member.join', body, Date.now())],
    executive.memberId,
    { kind: 'invited', ...place },
  )
  const db = team.hub.database.kysely.withTables<AgentTables>()
  const secrets = Array.from({ length: count }, (_, index) => `${'agent'.repeat(6)}${String(index).padStart(13, '0')}`)
  await db.transaction().execute(async (within) => {
    for (const [index, secret] of secrets.entries()) {
      const agentId = `agent-${index}`
      const plainAgent = { password: null, groups: '[]', vendor: null, link_id: null, seen_at: null, ended_at: null, seen_change: 0 }
      await within
        .insertInto('agent')
        .values({ ...plainAgent, id: agentId, number: String(index), number_key: String(index), name: '坐席', created_at: Date.now() })
        .execute()
      await within
        .insertInto('agent_session')
        .values({ id: agentId, agent_id: agentId, secret_hash: hashSecret(secret), created_at: Date.now(), ended_at: null })
        .execute()
    }
  })
  tell({ secrets })
}

/** A text of the length of a script, new in each number. */
function content() {
  const sentence = `第${number}版：我们已经收到您的反映，最迟今天下午三点前给您回电，退款在${number}个工作日内到账。`
  const block = { kind: 'text', text: sentence.repeat(3), action: '', owner: '', deadline: '' } as const
  return {
    ...EMPTY_CONTENT,
    title: '退款说明',
    core: sentence,
    blocks: Array.from({ length: 8 }, (_, index) => ({ ...block, id: `b${index}` })),
    objections: [{ id: 'o', ask: '为什么这么慢', answer: sentence }],
  }
}

/** Writes a revision, and publishes it. Tells the moments at which publishing was asked for and at which it was stored durably. */
async function publish(): Promise<void> {
  const first = number === 0
  number += 1
  const next = content()
  const { title, core } = next
  const [hash, revisionId] = [contentHash(next), id()]
  const place = { kind: 'script', statement: null, scenario: '退款', emotion: null, language: 'zh-Hans', preparedFor: '' }
  const written = { wordingId, number, content: next, base: null, contributors: [], note: '', overruled: [] }
  await submit(
    [
      ...(first ? [inIncident('wording', wordingId, 'wording.create', { place, title, core, origin: null })] : []),
      inIncident('revision', revisionId, 'revision.write', written),
      inIncident('wording', wordingId, 'wording.add-revision', { revisionId, number, hash, title, core }),
    ],
    executive.memberId,
  )
  // In use, a text is approved before it is published.
  await wait(APPROVED_AFTER_MS)
  const release = { revisionId, number, hash, from: 0, until: null, summary: '', values: {}, emergency: '测量' }
  const op = inIncident('wording', wordingId, 'wording.publish', release)
  const at = process.hrtime.bigint()
  await submit([op], executive.memberId)
  // The consoles are told after several further reads of the database: at this moment nothing was sent yet.
  tell({ at: String(at), stored: String(process.hrtime.bigint()) })
}

process.on('message', (raw) => {
  const order = Order.parse(raw)
  if (order.do === 'agents') void addAgents(order.count)
  else if (order.do === 'publish') void publish()
  else if (order.do === 'broadcast') {
    const data: unknown = JSON.parse(order.text)
    const at = process.hrtime.bigint()
    io.emit('change', data)
    tell({ at: String(at), stored: String(at) })
  } else if (order.do === 'memory') {
    globalThis.gc?.()
    tell({ rss: process.memoryUsage().rss })
  } else {
    io.disconnectSockets(true)
    plain.close()
    plain.closeAllConnections()
    void started.running.close().then(() => process.exit(0))
  }
})
tell({ port: server.port, plain: (plain.address() as AddressInfo).port })
