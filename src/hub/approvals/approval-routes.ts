import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { CommandRead } from '#domain/commands/command.ts'
import { decideRevision, publishWording } from '#domain/commands/wording-commands.ts'
import type { Entity } from '#domain/log/entity.ts'
import { Uuid } from '#domain/log/ids.ts'
import { refuse } from '#domain/log/refusal.ts'
import { holdsStorableText, UNSTORABLE } from '#domain/log/storable-text.ts'
import { REVISION, WORDING } from '#domain/wording/wording-entity.ts'
import {
  APPROVE_API,
  APPROVE_PATH,
  ApproveCompany,
  ApproveCompanyOutcome,
  ApproveDecision,
  ApproveRelease,
  ApproveSignIn,
  type ApproveWho,
} from '#contract/approval-wire.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { ApiHub } from '../api/api-hub.ts'
import { createReadModel } from '../api/read-model.ts'
import { readAs, runCommand } from '../api/run-command.ts'
import { idsFrom } from '../api/write-ops.ts'
import type { HubCore } from '../core/hub-core.ts'
import { servePage } from '../core/page-files.ts'
import { isOwnPage } from '../core/page-requests.ts'
import type { OidcAuth } from '../oidc/oidc-auth.ts'
import { createPageSessions, type PageOwner } from './page-sessions.ts'
import { haveValuesChanged, readWaiting, waitingFor } from './waiting.ts'

export type ApprovalHub = ApiHub &
  Pick<HubCore, 'accounts' | 'access' | 'key'> & {
    oidc: OidcAuth | null
    /** Ends the links of sessions that were revoked elsewhere, at every node. */
    endRevokedSessions(): Promise<void>
  }

/** Requests of one address per minute: to sign in, because hashing is expensive, and of any kind; an office may share an address. */
const SIGN_IN_LIMIT = { rateLimit: { max: 30, timeWindow: '1 minute' } }
const LIMIT = { rateLimit: { max: 600, timeWindow: '1 minute' } }
const BODY_LIMIT = 128 * 1024

const STATUS: Readonly<Record<string, number>> = {
  'bad-input': 400,
  'sign-in-failed': 401,
  'session-unknown': 401,
  'not-found': 404,
  'locked-out': 429,
  'not-permitted': 403,
  'oidc-provider-down': 503,
}

function send(reply: FastifyReply, result: Result<unknown>): FastifyReply {
  return reply.code(result.ok ? 200 : (STATUS[result.failure.code] ?? 409)).send(result)
}

/**
 * The revision of every text that was submitted last: which of them waits for a member is judged for that member.
 * @returns their ids, and everything that was read: the texts, those revisions, and newer ones that were only saved
 */
async function submittedRevisions(hub: ApprovalHub): Promise<{ ids: string[]; known: Entity[] }> {
  const read = createReadModel(hub)
  const rows = await hub.hub.database.kysely.selectFrom('entity').select('id').where('kind', '=', WORDING.kind).execute()
  const wordings = [
    ...(
      await read.byIds(
        WORDING,
        rows.map(({ id }) => id),
      )
    ).values(),
  ]
  const ids: string[] = []
  const known: Entity[] = [...wordings]
  // Of most texts the last revision was submitted: earlier ones are read for the others only.
  let left = wordings.flatMap(({ state }) => (state.removed ? [] : [state.revisions.map(({ id }) => id)]))
  while (left.length > 0) {
    const found = await read.byIds(
      REVISION,
      left.flatMap((own) => own.at(-1) ?? []),
    )
    known.push(...found.values())
    left = left.flatMap((own) => {
      const id = own.at(-1)
      if (id === undefined) return []
      if (!found.get(id)?.state.review) return [own.slice(0, -1)]
      ids.push(id)
      return []
    })
  }
  return { ids, known }
}

/** The page for approving texts on a phone, and its calls: what waits for a member, the exact text, and their decision. */
export async function approvalRoutes(app: FastifyInstance, hub: ApprovalHub): Promise<void> {
  const sessions = createPageSessions(hub)
  servePage(app, APPROVE_PATH, 'approve')

  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith(APPROVE_API)) return
    void reply.header('cache-control', 'no-store')
    if (request.method !== 'GET' && !isOwnPage(request)) return reply.code(403).send(fail('bad-input', { detail: 'origin' }))
  })

  /** A route for anybody: parses the body and answers with a result. */
  function open<Body>(
    path: string,
    schema: z.ZodType<Body>,
    act: (body: Body, request: FastifyRequest, reply: FastifyReply) => Promise<Result<unknown>>,
    config: object = LIMIT,
  ): void {
    app.post(`${APPROVE_API}${path}`, { config, bodyLimit: BODY_LIMIT }, async (request, reply) => {
      if (!holdsStorableText(request.body)) return send(reply, fail('bad-input', { detail: UNSTORABLE }))
      const body = schema.safeParse(request.body)
      if (!body.success) return send(reply, fail('bad-input', { detail: z.prettifyError(body.error).slice(0, 500) }))
      return send(reply, await act(body.data, request, reply))
    })
  }

  /** A route for who is signed in. */
  function own<Body>(path: string, schema: z.ZodType<Body>, act: (body: Body, owner: PageOwner) => Promise<Result<unknown>>): void {
    open(path, schema, async (body, request, reply) => {
      const owner = await sessions.find(request, reply)
      return owner.ok ? act(body, owner.value) : owner
    })
  }

  open(
    '/sign-in',
    ApproveSignIn,
    async ({ login, password, device }, request, reply) => {
      const entered = await hub.accounts.signIn(login, password, device, request.ip)
      // The attempted login is not logged: it may be a password typed into the wrong field.
      const who = entered.ok ? entered.value.memberId : null
      await hub.access.note(
        who,
        entered.ok ? 'signed-in' : 'sign-in-refused',
        entered.ok ? entered.value.memberId : entered.failure.code,
        device,
      )
      if (!entered.ok) return entered
      await sessions.begin(request, reply, entered.value)
      return done(null)
    },
    SIGN_IN_LIMIT,
  )

  open(
    '/company/begin',
    ApproveCompany,
    async ({ device, language }, request) => {
      return hub.oidc?.beginSignIn({ device, language, address: request.ip }) ?? fail('oidc-not-offered')
    },
    SIGN_IN_LIMIT,
  )

  open('/company/outcome', ApproveCompanyOutcome, async ({ ticket, pollSecret }, request, reply) => {
    const outcome = await (hub.oidc?.outcome(ticket, pollSecret) ?? fail('oidc-not-offered'))
    if (!outcome.ok) return outcome
    if (outcome.value === 'waiting') return done('waiting')
    await sessions.begin(request, reply, outcome.value)
    return done('entered')
  })

  open('/sign-out', z.strictObject({}), async (_body, request, reply) => {
    await sessions.end(request, reply)
    await hub.endRevokedSessions()
    return done(null)
  })

  app.get(`${APPROVE_API}/who`, { config: LIMIT }, async (request, reply) => {
    const owner = await sessions.find(request, reply)
    const { name: team, signInWith } = hub.about()
    const me = owner.ok ? { id: owner.value.memberId, name: (await hub.readMember(owner.value.memberId))?.name ?? '' } : null
    return send(reply, done<ApproveWho>({ team, signInWith, me }))
  })

  app.get(`${APPROVE_API}/waiting`, { config: LIMIT }, async (request, reply) => {
    const owner = await sessions.find(request, reply)
    if (!owner.ok) return send(reply, owner)
    const { ids, known } = await submittedRevisions(hub)
    const { memberId } = owner.value
    const waiting = (read: CommandRead) => waitingFor({ read, memberId, now: hub.now() }, ids)
    return send(reply, done(await readAs(hub, memberId, waiting, known)))
  })

  app.get<{ Params: { revisionId: string } }>(`${APPROVE_API}/waiting/:revisionId`, { config: LIMIT }, async (request, reply) => {
    const owner = await sessions.find(request, reply)
    if (!owner.ok) return send(reply, owner)
    const { memberId } = owner.value
    const { revisionId } = request.params
    const found = Uuid.safeParse(revisionId).success
      ? await readAs(hub, memberId, (read) => readWaiting({ read, memberId, now: hub.now() }, revisionId))
      : null
    return send(reply, found ? done(found) : fail('not-found'))
  })

  /** IDs of an act: the same request of a session takes effect once. */
  const idsOf = ({ sessionId }: PageOwner, act: string, request: string) => idsFrom(JSON.stringify(['approve', sessionId, act, request]))

  own('/decide', ApproveDecision, async ({ request, ...decision }, owner) => {
    const decided = await runCommand(hub, owner.memberId, idsOf(owner, 'decide', request), (read) => decideRevision(read, decision))
    return decided.ok ? done(null) : decided
  })

  own('/release', ApproveRelease, async ({ request, revisionId, hash, values, reason }, owner) => {
    const released = await runCommand(hub, owner.memberId, idsOf(owner, 'release', request), (read, edge) => {
      if (haveValuesChanged(read, revisionId, values)) return refuse('changed-meanwhile', { field: 'values' })
      const wordingId = read.one(REVISION, revisionId)?.state.wordingId ?? ''
      return publishWording(read, { wordingId, revisionId, hash, from: null, until: null, summary: '', emergency: reason }, edge)
    })
    return released.ok ? done(null) : released
  })
  await Promise.resolve()
}
