import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TeamCallInput, TeamCallName, TeamCallOutput } from '#contract/team-api.ts'
import { Uuid } from '#domain/log/ids.ts'
import { contentHash, EMPTY_CONTENT, type WordingContent } from '#domain/wording/content.ts'
import type { Delivery } from '#domain/wording/delivery.ts'
import { ownCertificate } from '#hub/http/certificate.ts'
import { serveHub } from '#hub/http/serve-hub.ts'
import { ANN, BEN, declareText, idOf, INCIDENT, joinText, opText } from '#tests/support/log-texts.ts'
import { openTeamHub } from '#tests/support/team-hub.ts'

const [CARA, DORA] = [idOf(0xc), idOf(0xd)]
/** A group of agents, and the incident to which the texts belong. */
export const GROUP = Uuid.parse(idOf(0x900))
export const OF_INCIDENT = { incidentId: Uuid.parse(INCIDENT) }
const PLACE = { kind: 'script', statement: null, emotion: null, language: 'zh-Hans', preparedFor: '' } as const

export type Published = { id: string; revisionId: string; number: number }

/**
 * A real hub with its console, a team and an incident; texts are written, approved and published as the app does.
 * @param embedOrigins who may embed the console; then the hub speaks TLS, with a certificate of its own
 */
export async function openConsoleHub(embedOrigins: readonly string[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'stormroom-console-'))
  const { team, link, close } = await openTeamHub(folder)
  const certificate = embedOrigins.length > 0 ? await ownCertificate(folder) : null
  const server = await serveHub(team, {
    host: '127.0.0.1',
    port: 0,
    certificate,
    behindProxy: false,
    webFolder: resolve(import.meta.dirname, '../../out/web'),
    embedOrigins,
    log: () => {},
  })
  const address = `${certificate ? 'https' : 'http'}://127.0.0.1:${server.port}`
  team.setServed({ addresses: [address], fingerprint: null })

  const act = async (actor: string, type: string, kind: string, id: string, body: Record<string, unknown>, version = 1) => {
    const scope = `incident:${INCIDENT}`
    const [record] = await team.submit([opText({ type, kind, id, body, scope, version, replicaId: actor })], actor, null)
    if (record?.outcome.kind !== 'accepted') throw new Error(`${type}: ${JSON.stringify(record?.outcome)}`)
  }
  await team.submit([joinText(ANN, '安', 'commander')], ANN, null)
  await team.submit([joinText(BEN, '本', 'pr')], BEN, { kind: 'invited', role: 'pr' })
  await team.submit([joinText(CARA, '卡', 'legal')], CARA, { kind: 'invited', role: 'legal' })
  await team.submit([joinText(DORA, '朵', 'call-center')], DORA, { kind: 'invited', role: 'call-center' })
  await team.submit([declareText()], ANN, null)
  const group = { name: '外呼组', vendor: null, team: '', skill: '', channel: null, language: null, leads: [BEN] }
  const grouped = opText({ type: 'agent-group.create', kind: 'agent-group', id: GROUP, body: group, replicaId: ANN })
  await team.submit([grouped], ANN, null)

  let made = 0x7000
  return {
    address: `${address}/console/`,
    /** A call of the head of the call center. */
    async head<Name extends TeamCallName>(name: Name, input: TeamCallInput<Name>): Promise<TeamCallOutput<Name>> {
      const answer = await link(DORA).ask(name, input)
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.failure)}`)
      return answer.value
    },
    /** Publishes a text; with `of`, as the next revision of that text. */
    async publish(
      parts: Partial<WordingContent>,
      { of, scenario = '退款退货', summary = '', urgency = 'normal' }: PublishOptions = {},
    ): Promise<Published> {
      const content = { ...EMPTY_CONTENT, ...parts }
      const { title, core } = content
      const hash = contentHash(content)
      const text = { id: of?.id ?? idOf((made += 1)), revisionId: idOf((made += 1)), number: (of?.number ?? 0) + 1 }
      const { id, revisionId, number } = text
      if (!of) await act(ANN, 'wording.create', 'wording', id, { place: { ...PLACE, scenario }, title, core, origin: null })
      const base = of?.revisionId ?? null
      const written = { wordingId: id, number, content, base, contributors: [], note: '', overruled: [] }
      await act(ANN, 'revision.write', 'revision', revisionId, written)
      await act(ANN, 'wording.add-revision', 'wording', id, { revisionId, number, hash, title, core })
      const policy = { roles: ['pr', 'legal'], inOrder: false, dueMinutes: 30 }
      await act(ANN, 'revision.ask', 'revision', revisionId, { hash, policy, asked: [BEN, CARA] })
      const decision = { hash, verdict: 'approve', comparedWith: null, note: '', comments: [], tell: [ANN] }
      await act(BEN, 'revision.decide', 'revision', revisionId, { ...decision, as: 'pr' })
      await act(CARA, 'revision.decide', 'revision', revisionId, { ...decision, as: 'legal' })
      const delivery = { groups: [], urgency, confirmWithin: null }
      const release = { revisionId, number, hash, from: 0, until: null, summary, values: {}, emergency: null, delivery }
      await act(ANN, 'wording.publish', 'wording', id, release, 2)
      return text
    },
    withdraw: ({ id, revisionId }: Published, instead: string) =>
      act(ANN, 'wording.withdraw', 'wording', id, { revisionId, reason: '号码错误', instead }),
    /** The head of the call center sends a bulletin out of turn. */
    sendBulletin: () => act(DORA, 'bulletin-plan.send-now', 'bulletin-plan', INCIDENT, {}),
    async close(): Promise<void> {
      await server.close()
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type PublishOptions = { of?: Published; scenario?: string; summary?: string; urgency?: Delivery['urgency'] }

export type ConsoleHub = Awaited<ReturnType<typeof openConsoleHub>>
