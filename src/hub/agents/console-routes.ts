import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  CONSOLE_PATH,
  EMBED_PATH,
  NUDGE_HEADER,
  ConsoleConfirm,
  ConsoleJoin,
  ConsoleNotes,
  ConsoleSeen,
  ConsoleSignIn,
} from '#contract/agent-wire.ts'
import { done, fail, type Failure, type Result } from '#contract/failures.ts'
import { holdsStorableText, UNSTORABLE } from '#domain/log/storable-text.ts'
import { hashSecret } from '../accounts/secrets.ts'
import type { AgentSession, FoundSession } from './agent-sessions.ts'
import type { Agents } from './agents.ts'
import { changeNamed } from './audiences.ts'
import { stateJson, versionOf } from './console-state.ts'

/** A hundred notes with objections, in UTF-8. */
const BODY_LIMIT = 256 * 1024
/** How long a console that asks is kept waiting for a change at most, seconds: less than the patience of proxies. */
const WAIT_AT_MOST = 25
/** Requests per minute of one session; and of one address without a known one: a whole call center may come from there. */
const OF_SESSION = 120
const OF_ADDRESS = 6000
/** Sign-ins of one address per minute: a shift begins within a few minutes. */
const SIGN_INS = { rateLimit: { max: 300, timeWindow: '1 minute', keyGenerator: (request: FastifyRequest) => request.ip } }
/** Sessions whose requests are counted apart. */
const KNOWN_SESSIONS = 20_000

const STATUS: Partial<Record<Failure['code'], number>> = {
  'bad-input': 400,
  'sign-in-failed': 401,
  'session-unknown': 401,
  locked: 401,
  'locked-out': 429,
  'too-many-requests': 429,
  'too-many-links': 429,
  'not-found': 404,
  'invite-unknown': 404,
  'invite-expired': 410,
  'invite-withdrawn': 410,
  'invite-used': 409,
  'login-taken': 409,
}

const Version = z.strictObject({ version: z.string().max(80).default('') })
const Wait = z.strictObject({ wait: z.coerce.number().int().min(0).max(WAIT_AT_MOST).default(0) })

function send(reply: FastifyReply, result: Result<unknown>): FastifyReply {
  return reply.code(result.ok ? 200 : (STATUS[result.failure.code] ?? 403)).send(result)
}

/**
 * The cookies of sessions. A browser sends `SameSite=Strict` to no frame of another site's page. So an embedded console has a session of
 * its own, which serves nothing but that console, and which browsers keep apart for each site that embeds it (`Partitioned`).
 * `None` needs `Secure`: without TLS a desk of the same site alone can embed the console.
 */
const COOKIES = {
  page: { name: 'stormroom_console', path: CONSOLE_PATH, protection: { tls: 'SameSite=Strict; Secure', plain: 'SameSite=Strict' } },
  embed: {
    name: 'stormroom_embed',
    path: EMBED_PATH,
    protection: { tls: 'SameSite=None; Secure; Partitioned', plain: 'SameSite=Strict' },
  },
} as const

/** Whether a request may come from a page of another site. A browser names the origin of every request that changes something. */
function isForeign(request: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers
  if (site !== undefined && site !== 'same-origin') return true
  if (origin === undefined) return request.method !== 'GET' && site === undefined
  return !URL.canParse(origin) || new URL(origin).host !== request.host
}

/** Why there is no session, in the words of links. */
function refusalOf(found: Extract<FoundSession, { ok: false }>) {
  if (found.ended === 'revoked') return fail('locked', { reason: 'member-revoked' })
  if (found.ended === 'period-over') return fail('locked', { reason: 'contract-ended' })
  return fail('session-unknown')
}

/** Parses what a console sends; null when the answer was sent. */
function parsed<Body>(schema: z.ZodType<Body>, given: unknown, reply: FastifyReply): Body | null {
  if (!holdsStorableText(given)) {
    void send(reply, fail('bad-input', { detail: UNSTORABLE }))
    return null
  }
  const body = schema.safeParse(given)
  if (body.success) return body.data
  void send(reply, fail('bad-input', { detail: z.prettifyError(body.error).slice(0, 300) }))
  return null
}

/** `place`: whether the console is a page of its own, or embedded in the page of another desk. */
type ConsoleRoutesOptions = { agents: Agents; secure: boolean; place: keyof typeof COOKIES }

/** The routes of the agents' console. Only a session's own agent is read or written. */
export async function consoleRoutes(app: FastifyInstance, { agents, secure, place }: ConsoleRoutesOptions): Promise<void> {
  const { sessions, streams, confirming, notes } = agents
  const team = agents.team
  const known = new Set<string>()

  const { name: cookieName, path: cookiePath, protection } = COOKIES[place]
  const cookiePattern = new RegExp(`(?:^|;\\s*)${cookieName}=([\\w-]{20,100})(?:;|$)`, 'u')

  const cookieOf = (request: FastifyRequest) => cookiePattern.exec(request.headers.cookie ?? '')?.[1] ?? null

  function cookie(request: FastifyRequest, secret: string, more = ''): string {
    const protect = secure || request.protocol === 'https' ? protection.tls : protection.plain
    return `${cookieName}=${secret}; Path=${cookiePath}; HttpOnly; ${protect}${more}`
  }

  /** The session of a request; null when the answer was sent. */
  async function sessionOf(request: FastifyRequest, reply: FastifyReply): Promise<AgentSession | null> {
    const secret = cookieOf(request)
    const found: FoundSession = secret === null ? { ok: false, ended: null } : await sessions.find(secret)
    if (!found.ok) {
      void send(reply, refusalOf(found))
      return null
    }
    if (known.size >= KNOWN_SESSIONS) known.clear()
    known.add(hashSecret(secret ?? ''))
    return found.session
  }

  const withSession =
    <Body>(schema: z.ZodType<Body>, act: (session: AgentSession, body: Body) => Promise<Result<unknown>>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const session = await sessionOf(request, reply)
      if (!session) return reply
      const body = parsed(schema, request.body, reply)
      if (body === null) return reply
      await agents.ready()
      return send(reply, await act(session, body))
    }

  /** Signs in with a new session. */
  const entering =
    <Body>(schema: z.ZodType<Body>, enter: (body: Body, address: string) => Promise<Result<string>>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const body = parsed(schema, request.body, reply)
      if (body === null) return reply
      const entered = await enter(body, request.ip)
      return entered.ok ? send(reply.header('set-cookie', cookie(request, entered.value)), done(null)) : send(reply, entered)
    }

  app.addHook('onRequest', async (request, reply) => {
    void reply.header('cache-control', 'no-store')
    if (isForeign(request)) return reply.code(403).send(fail('bad-input', { detail: 'origin' }))
  })
  app.addHook('onRoute', (route) => {
    route.bodyLimit ??= BODY_LIMIT
    route.config ??= {}
    route.config.rateLimit ??= {
      timeWindow: '1 minute',
      keyGenerator: (request) => {
        const secret = cookieOf(request)
        const name = secret === null ? null : hashSecret(secret)
        return name !== null && known.has(name) ? `session ${name}` : `address ${request.ip}`
      },
      max: (_request, key) => (key.startsWith('session ') ? OF_SESSION : OF_ADDRESS),
    }
  })

  app.post(
    '/sign-in',
    { config: SIGN_INS },
    entering(ConsoleSignIn, ({ number, password }, address) => sessions.signIn(number, password, address)),
  )
  app.post(
    '/join',
    { config: SIGN_INS },
    entering(ConsoleJoin, ({ link, number, name }, address) => sessions.join(link, number, name, address)),
  )

  app.post('/sign-out', async (request, reply) => {
    const session = await sessionOf(request, reply)
    if (!session) return reply
    await sessions.end(session.id)
    agents.signedOut(session.id)
    return send(reply.header('set-cookie', cookie(request, '', '; Max-Age=0')), done(null))
  })

  app.get('/state', async (request, reply) => {
    const query = parsed(Wait, request.query, reply)
    if (!query) return reply
    const session = await sessionOf(request, reply)
    if (!session) return reply
    await agents.ready()
    let { agent } = session
    agents.noteAsking(agent.id)
    const { nudges } = agents
    const heard = nudges.heardBy(session.id)
    const versionNow = () => versionOf(streams.audienceFor(agent), agent, team)
    const has = /"([^"]{1,80})"/u.exec(request.headers['if-none-match'] ?? '')?.[1]
    if (has === versionNow() && query.wait > 0) {
      await streams.change(agent, query.wait * 1000, (stop) => request.raw.once('close', stop))
      // Access may have ended meanwhile, or the groups may be others.
      const still = await sessionOf(request, reply)
      if (!still) return reply
      agent = still.agent
    }
    const version = versionNow()
    void reply.header('etag', `"${version}"`)
    const same = has === version
    const isQuiet = nudges.isQuiet(heard)
    nudges.answered(session.id)
    if (same && isQuiet) return reply.code(304).send()
    const own = await confirming.of(agent.id)
    const nudged = isQuiet ? [] : nudges.since(heard, agent, own)
    // Beside the state, whose version does not change by it.
    if (nudged.length > 0) void reply.header(NUDGE_HEADER, `${agents.now()} ${nudged.join(' ')}`)
    if (same) return reply.code(304).send()
    return reply
      .type('application/json; charset=utf-8')
      .send(stateJson({ agent, audience: streams.audienceFor(agent), own, version }, team, agents.now()))
  })

  app.get('/stream', async (request, reply) => {
    const query = parsed(Version, request.query, reply)
    if (!query) return reply
    const looks = agents.looks()
    const session = await sessionOf(request, reply)
    if (!session) return reply
    if (!streams.hasRoom(request.ip)) return send(reply, fail('too-many-links'))
    await agents.ready()
    const own = await confirming.of(session.agent.id)
    reply.hijack()
    const { raw } = reply
    // The body lasts until the connection is closed: pieces need no length, so that what many get is the same bytes for all.
    raw.useChunkedEncodingByDefault = false
    raw.shouldKeepAlive = false
    raw.socket?.setNoDelay(true)
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    raw.flushHeaders()
    const { agent, id: sessionId, expiresAt } = session
    streams.add(raw, { agent, sessionId, address: request.ip, expiresAt, own }, query.version)
    if (agents.looks() === looks) return reply
    // Access may have ended, or groups changed, between the look at the session and now.
    const still = await sessions.find(cookieOf(request) ?? '')
    if (still.ok) streams.agentsChanged([still.session.agent])
    else streams.endSessions(new Set([session.id]), still.ended ?? 'signed-out')
    return reply
  })

  app.post(
    '/confirm',
    withSession(ConsoleConfirm, async ({ agent }, body) => {
      const result = await confirming.confirm(agent, body)
      if (!result.ok) return result
      streams.confirmed(agent.id, body.textId, result.value.confirmed)
      return done({ confirmation: result.value.standing })
    }),
  )
  app.post(
    '/notes',
    withSession(ConsoleNotes, ({ agent }, body) => notes.record(agent, body.notes)),
  )
  app.post(
    '/seen',
    withSession(ConsoleSeen, async ({ agent }, { version }) => {
      const change = changeNamed(version)
      if (change === null) return fail('bad-input', { detail: 'version' })
      await notes.seen(agent.id, Math.min(change, streams.audienceFor(agent).changedAt))
      return done(null)
    }),
  )
  await Promise.resolve()
}
