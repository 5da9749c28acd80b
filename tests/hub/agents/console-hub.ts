import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { ConsoleEvent, ConsoleState } from '#contract/agent-wire.ts'
import type { NewAgent } from '#contract/agents-api.ts'
import type { TeamCallInput, TeamCallName, TeamCallOutput } from '#contract/team-api.ts'
import { contentHash, EMPTY_CONTENT, type WordingContent } from '#domain/wording/content.ts'
import type { Delivery } from '#domain/wording/delivery.ts'
import { serveHub } from '#hub/http/serve-hub.ts'
import { openHub, type Hub } from '#hub/open-hub.ts'
import { ANN, BEN, declareText, idOf, INCIDENT, joinText, opText } from '#tests/support/log-texts.ts'
import { openTeamOver, type HubUnderTest } from '#tests/support/team-hub.ts'

export const CARA = idOf(0xc)
export const DORA = idOf(0xd)
export const [GROUP_A, GROUP_B] = [idOf(0x900), idOf(0x901)]

export const PLACE = { kind: 'script', statement: null, scenario: '退款', emotion: null, language: 'zh-Hans', preparedFor: '' } as const
export const TO_ALL: Delivery = { groups: [], urgency: 'normal', confirmWithin: null }

export function contentOf(core: string, title = '退款说明'): WordingContent {
  return {
    ...EMPTY_CONTENT,
    title,
    core,
    blocks: [{ id: 'a', kind: 'text', text: `您好，${core}`, action: '', owner: '', deadline: '' }],
    objections: [{ id: 'o', ask: '为什么这么慢', answer: core }],
  }
}

/** A served hub. */
export type Served = HubUnderTest & { base: string; port: number; stop(): Promise<void> }

/** Serves a hub over a real socket. */
export async function serve(hub: Hub, folder: string, now: () => number, port = 0, webFolder?: string): Promise<Served> {
  const opened = await openTeamOver(hub, folder, now)
  opened.team.setServed({ addresses: ['https://hub.example'], fingerprint: null })
  const server = await serveHub(opened.team, {
    host: '127.0.0.1',
    port,
    certificate: null,
    behindProxy: false,
    ...(webFolder === undefined ? {} : { webFolder }),
    log: () => {},
  })
  let stopped = false
  const stop = async () => {
    if (stopped) return
    stopped = true
    await server.close()
    await opened.team.close()
  }
  onTestFinished(stop)
  return { ...opened, base: `http://127.0.0.1:${server.port}`, port: server.port, stop }
}

/** A hub over a real file, served, with a team and an incident. */
export async function openConsoleHub(folder: string, now: () => number): Promise<Served> {
  const served = await reopen(folder, now)
  await found(served)
  return served
}

/** Opens the hub of a folder again. */
export async function reopen(folder: string, now: () => number, port = 0): Promise<Served> {
  const opened = openHub(join(folder, 'hub.db'), true, now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  return serve(opened.hub, folder, now, port)
}

/** 安 owns the team and commands, 本 is PR, 卡 legal, 朵 the call center; two groups of agents, and an incident. */
export async function found({ team }: Pick<Served, 'team'>): Promise<void> {
  await team.submit([joinText(ANN, '安', 'commander')], ANN, null)
  await team.submit([joinText(BEN, '本', 'pr')], BEN, { kind: 'invited', role: 'pr' })
  await team.submit([joinText(CARA, '卡', 'legal')], CARA, { kind: 'invited', role: 'legal' })
  await team.submit([joinText(DORA, '朵', 'call-center')], DORA, { kind: 'invited', role: 'call-center' })
  await team.submit([declareText()], ANN, null)
  const group = { vendor: null, team: '', skill: '', channel: null, language: null, leads: [BEN] }
  for (const [id, name] of [
    [GROUP_A, '甲组'],
    [GROUP_B, '乙组'],
  ] as const)
    await act({ team }, ANN, 'agent-group.create', 'agent-group', id, { ...group, name }, 'team')
}

/** Submits one op, which must be accepted. @returns when the hub recorded it */
export async function act(
  { team }: Pick<Served, 'team'>,
  actor: string,
  type: string,
  kind: string,
  id: string,
  body: Record<string, unknown>,
  scope = `incident:${INCIDENT}`,
  version = 1,
): Promise<number> {
  const [record] = await team.submit([opText({ type, kind, id, body, scope, version, replicaId: actor })], actor, null)
  expect([type, record?.outcome]).toEqual([type, { kind: 'accepted' }])
  return record?.hubTime ?? 0
}

export type Approved = { id: string; revisionId: string; number: number; hash: string }
export type Published = Approved & { releaseAt: number }

/** What a console sends to confirm a text. */
export const confirmationOf = ({ id: textId, revisionId, hash, releaseAt }: Published) => ({ textId, revisionId, hash, releaseAt })

let made = 0x7000
const newId = () => idOf((made += 1))

/** Writes a text and has it approved; with `of`, as the next revision of that text. */
export async function approve(hub: Pick<Served, 'team'>, content: WordingContent, of?: Approved, scope?: string): Promise<Approved> {
  const hash = contentHash(content)
  const text = { id: of?.id ?? newId(), revisionId: newId(), number: (of?.number ?? 0) + 1, hash }
  const { title, core } = content
  const on = (actor: string, type: string, kind: string, id: string, body: Record<string, unknown>) =>
    act(hub, actor, type, kind, id, body, scope)
  if (!of) await on(ANN, 'wording.create', 'wording', text.id, { place: PLACE, title, core, origin: null })
  const written = {
    wordingId: text.id,
    number: text.number,
    content,
    base: of?.revisionId ?? null,
    contributors: [],
    note: '',
    overruled: [],
  }
  await on(ANN, 'revision.write', 'revision', text.revisionId, written)
  await on(ANN, 'wording.add-revision', 'wording', text.id, { revisionId: text.revisionId, number: text.number, hash, title, core })
  const policy = { roles: ['pr', 'legal'], inOrder: false, dueMinutes: 30 }
  await on(ANN, 'revision.ask', 'revision', text.revisionId, { hash, policy, asked: [BEN, CARA] })
  const decision = { hash, verdict: 'approve', comparedWith: null, note: '', comments: [], tell: [ANN] }
  await on(BEN, 'revision.decide', 'revision', text.revisionId, { ...decision, as: 'pr' })
  await on(CARA, 'revision.decide', 'revision', text.revisionId, { ...decision, as: 'legal' })
  return text
}

type Release = { from?: number; until?: number | null; summary?: string; delivery?: Partial<Delivery>; scope?: string }

export async function release(hub: Pick<Served, 'team'>, text: Approved, given: Release = {}): Promise<Published> {
  const { from = 0, until = null, summary = '', delivery = {}, scope } = given
  const { id, revisionId, number, hash } = text
  const body = { revisionId, number, hash, from, until, summary, values: {}, emergency: null, delivery: { ...TO_ALL, ...delivery } }
  const releaseAt = await act(hub, ANN, 'wording.publish', 'wording', id, body, scope, 2)
  return { ...text, releaseAt }
}

/** Publishes a text; with `of`, as the next revision of that text. */
export async function publish(
  hub: Pick<Served, 'team'>,
  content: WordingContent,
  { of, ...given }: Release & { of?: Published } = {},
): Promise<Published> {
  return release(hub, await approve(hub, content, of, given.scope), given)
}

/** A call of the head of the call center, which must succeed. */
export async function head<Name extends TeamCallName>(
  hub: Pick<Served, 'link'>,
  name: Name,
  input: TeamCallInput<Name>,
): Promise<TeamCallOutput<Name>> {
  const answer = await hub.link(DORA).ask(name, input)
  if (!answer.ok) throw new Error(`${name}: ${answer.failure.code} ${JSON.stringify(answer.failure.params)}`)
  return answer.value
}

export type Answer = { status: number; headers: Headers; body: unknown }

/** What a console sends, from its own page. */
export async function ask(
  base: string,
  method: 'GET' | 'POST',
  path: string,
  cookie: string | null,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${base}/console/api/${path}`, {
    method,
    headers: {
      origin: base,
      ...(cookie === null ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? null : (JSON.parse(text) as unknown) }
}

const cookieIn = ({ headers }: Answer) => headers.getSetCookie()[0]?.split(';')[0] ?? ''

export async function signIn(base: string, number: string, password: string): Promise<string> {
  const answer = await ask(base, 'POST', 'sign-in', null, { number, password })
  expect([answer.status, answer.body]).toEqual([200, { ok: true, value: null }])
  return cookieIn(answer)
}

/** Adds agents and signs them in. @returns their cookies and IDs */
export async function addAgents(hub: Served, ...agents: Partial<NewAgent>[]): Promise<{ cookie: string; id: string }[]> {
  const list = agents.map((agent, index) => ({ number: `80${index}`, name: `坐席${index}`, vendor: null, groups: [], ...agent }))
  const { added, refused } = await head(hub, 'agents.add', { agents: list as NewAgent[] })
  expect(refused).toEqual([])
  return Promise.all(added.map(async ({ id, number, password }) => ({ id, cookie: await signIn(hub.base, number, password) })))
}

export async function stateOf(base: string, cookie: string): Promise<ConsoleState> {
  const { status, body } = await ask(base, 'GET', 'state', cookie)
  expect(status).toBe(200)
  return ConsoleState.parse(body)
}

/** An open stream. `raw`: everything that came. */
export type Watching = { events: ConsoleEvent[]; raw(): string; ended: Promise<void>; close(): void }

/** Opens the stream of a console over a socket of its own. */
export async function watch(base: string, cookie: string, version = ''): Promise<Watching> {
  const request = get(`${base}/console/api/stream?version=${encodeURIComponent(version)}`, { headers: { cookie }, agent: false })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  expect(response.statusCode).toBe(200)
  const events: ConsoleEvent[] = []
  let raw = ''
  let rest = ''
  response.setEncoding('utf8').on('data', (piece: string) => {
    raw += piece
    rest += piece
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const data = /^data: (.*)$/mu.exec(rest.slice(0, end))?.[1]
      rest = rest.slice(end + 2)
      if (data !== undefined) events.push(ConsoleEvent.parse(JSON.parse(data)))
    }
  })
  response.on('error', () => {})
  const ended = new Promise<void>((resolve) => void response.on('close', () => resolve()))
  const close = () => void request.destroy()
  onTestFinished(close)
  return { events, raw: () => raw, ended, close }
}

/** Only against hangs. */
export const POLL = { timeout: 30_000, interval: 10 }

/** The first event of a kind after `from` events. */
export async function eventOf<Kind extends ConsoleEvent['t']>(
  { events }: Watching,
  t: Kind,
  from = 0,
): Promise<Extract<ConsoleEvent, { t: Kind }>> {
  const find = () => events.slice(from).find((event): event is Extract<ConsoleEvent, { t: Kind }> => event.t === t)
  await expect.poll(find, POLL).toBeDefined()
  const event = find()
  if (!event) throw new Error(t)
  return event
}
