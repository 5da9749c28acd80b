import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, resolve } from 'node:path'
import type { ConsoleEvent, ConsoleState } from '#contract/agent-wire.ts'

const PAGE = resolve(import.meta.dirname, '../../../out/web/console')
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

export type FakeHub = {
  address: string
  state: ConsoleState
  /** What consoles posted, in order. */
  posts: { path: string; body: unknown }[]
  /** Sends an event to every open stream. */
  tell: (event: ConsoleEvent) => void
  /** Cuts every open stream off. */
  dropStreams: () => void
  /** Streams open, but nothing comes through, as behind a proxy that collects. */
  holdStreams: boolean
  /** No request is answered. */
  isAway: boolean
  /** Why the session ended; null: signed in. */
  ended: 'out' | 'period-over' | null
  close: () => Promise<void>
}

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text === '' ? null : JSON.parse(text)
}

/** A hub that serves the built console under its content policy, and says what a test tells it to say. */
export async function startFakeHub(state: ConsoleState): Promise<FakeHub> {
  const streams = new Set<ServerResponse>()
  const send = (to: ServerResponse, event: ConsoleEvent) => void to.write(`event: ${event.t}\ndata: ${JSON.stringify(event)}\n\n`)
  const json = (to: ServerResponse, status: number, body: unknown) =>
    void to.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

  const answerApi = async (path: string, request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'POST') {
      hub.posts.push({ path, body: await readBody(request) })
      if (path === 'sign-in' || path === 'join') hub.ended = null
      json(response, 200, { ok: true, value: null })
    } else if (hub.ended !== null) {
      const failure =
        hub.ended === 'out' ? { code: 'session-unknown', params: {} } : { code: 'locked', params: { reason: 'contract-ended' } }
      json(response, 401, { ok: false, failure })
    } else if (path === 'stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
      streams.add(response)
      response.once('close', () => streams.delete(response))
      if (!hub.holdStreams) send(response, { t: 'beat', at: hub.state.at, version: hub.state.version })
    } else if (request.headers['if-none-match'] === `"${hub.state.version}"`) response.writeHead(304).end()
    else json(response, 200, hub.state)
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://hub')
    const name = pathname.replace(/^\/console\//, '')
    if (hub.isAway) request.socket.destroy()
    else if (name.startsWith('api/')) void answerApi(name.slice('api/'.length), request, response)
    else
      void readFile(join(PAGE, name === '' ? 'index.html' : name)).then(
        (content) =>
          response
            .writeHead(200, {
              'content-type': TYPES[extname(name === '' ? '.html' : name)] ?? 'text/html',
              'content-security-policy': "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
            })
            .end(content),
        () => response.writeHead(404).end(),
      )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const hub: FakeHub = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/console/`,
    state,
    posts: [],
    tell: (event) => {
      if (!hub.holdStreams) for (const stream of streams) send(stream, event)
    },
    dropStreams: () => {
      for (const stream of streams) stream.destroy()
    },
    holdStreams: false,
    isAway: false,
    ended: null,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return hub
}
