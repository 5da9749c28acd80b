import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { contentHash, type WordingContent } from '#domain/wording/content.ts'
import { valuesFor } from '#domain/wording/values.ts'
import type { VariableValues } from '#domain/wording/wording.ts'
import type { ApproverRole } from '#domain/rules/approval-policy.ts'
import { completePosition, type MemberRole } from '#domain/members/member.ts'
import { serveHub } from '#hub/http/serve-hub.ts'
import { openHub } from '#hub/open-hub.ts'
import { createFakeClock, TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { ANN, BEN, declareText, idOf, INCIDENT, joinText, opText } from '#tests/support/log-texts.ts'
import { openTeamOver } from '#tests/support/team-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

export const [CARA, DAN, EVE, VERA] = [idOf(0xc), idOf(0xd), idOf(0xe), idOf(0xf)]
export const WORDING = idOf(0x700)
export const PASSWORD = 'ein-langes-passwort'
export const HOUR = 3_600_000
const VALUES: VariableValues = { hotline: '400-800-1234' }

export const revisionId = (number: number): string => idOf(0x700 + number)

export function contentWith(core: string, text = '请联系 {hotline}。'): WordingContent {
  return {
    title: '起火视频 首次回应',
    core,
    blocks: [{ id: 'b1', kind: 'text', text, action: '', owner: '', deadline: '' }],
    objections: [],
    variants: [],
  }
}

/**
 * A complete hub on a real socket: 安 (owner, commander), 本 (PR, the author), 卡 (legal), 丹 (PR), 伊 (executive) and 外 (legal of a
 * vendor), each with the password {@link PASSWORD} and the login `ann`, `ben`, …; one text in an incident of level I.
 */
export async function openApprovalHub() {
  const folder = makeTempFolder('approvals', 'quick')
  const clock = createFakeClock(TWO_AT_NIGHT)
  const faults: unknown[] = []
  const opened = openHub(join(folder, 'hub.db'), true, clock.now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const { team, link } = await openTeamOver(opened.hub, folder, clock.now, faults)
  const log = (level: string, message: string, detail?: Record<string, unknown>) =>
    void (level === 'error' ? faults.push({ message, detail }) : null)
  const server = await serveHub(team, { host: '127.0.0.1', port: 0, certificate: null, behindProxy: false, log })
  onTestFinished(async () => {
    await server.close()
    await team.close()
  })
  await team.submit([joinText(ANN, '安', 'commander')], ANN, null)
  await team.submit([declareText()], ANN, null)
  const vendor = { company: '外包', from: 0, until: TWO_AT_NIGHT + 1000 * HOUR }
  const people: [string, string, string, MemberRole, boolean][] = [
    [BEN, 'ben', '本', 'pr', false],
    [CARA, 'cara', '卡', 'legal', false],
    [DAN, 'dan', '丹', 'pr', false],
    [EVE, 'eve', '伊', 'executive', false],
    [VERA, 'vera', '外', 'legal', true],
  ]
  for (const [formerId, login, name, role, isOutside] of people) {
    const { secret } = await team.accounts.invites.make(completePosition({ role, vendor: isOutside ? vendor : null }), '', 24, ANN)
    const joined = await team.accounts.useInvite(secret, { name, login, password: PASSWORD, device: 'test', formerId })
    if (!joined.ok) throw new Error(`${login}: ${joined.failure.code}`)
  }

  /** Submits ops of a member. @throws unless all are accepted */
  async function submit(actor: string, ...ops: Parameters<typeof opText>[0][]): Promise<void> {
    const records = await team.submit(
      ops.map((op) => opText({ ...op, replicaId: actor })),
      actor,
      null,
    )
    const refused = records.find(({ outcome }) => outcome.kind === 'rejected')
    if (refused) throw new Error(JSON.stringify(refused.outcome))
  }

  /** The values of the variables of each text, by its hash. */
  const asked = new Map<string, VariableValues>()

  /** Writes a revision and submits it for approval. @returns its hash */
  async function ask(number: number, content: WordingContent, more: { overruled?: object[]; actor?: string } = {}): Promise<string> {
    const id = revisionId(number)
    const hash = contentHash(content)
    asked.set(hash, valuesFor(content, VALUES))
    const base = number > 1 ? revisionId(number - 1) : null
    const { actor = BEN, overruled = [] } = more
    const policy = { roles: ['pr', 'legal'], inOrder: false, dueMinutes: 30 }
    await submit(
      actor,
      {
        type: 'revision.write',
        kind: 'revision',
        id,
        body: { wordingId: WORDING, number, content, base, contributors: [], note: '', overruled },
      },
      {
        type: 'wording.add-revision',
        kind: 'wording',
        id: WORDING,
        body: { revisionId: id, number, hash, title: content.title, core: content.core },
      },
      { type: 'revision.ask', kind: 'revision', id, body: { hash, policy, asked: [CARA, DAN] } },
    )
    return hash
  }

  const decide = (actor: string, as: ApproverRole, number: number, hash: string, more: Record<string, unknown> = {}) =>
    submit(actor, {
      type: 'revision.decide',
      version: 2,
      kind: 'revision',
      id: revisionId(number),
      body: {
        hash,
        verdict: 'approve',
        as,
        comparedWith: null,
        note: '',
        comments: [],
        tell: [BEN],
        values: asked.get(hash) ?? {},
        ...more,
      },
    })

  const publish = (actor: string, number: number, hash: string, emergency: string | null = null) =>
    submit(actor, {
      type: 'wording.publish',
      kind: 'wording',
      id: WORDING,
      body: {
        revisionId: revisionId(number),
        number,
        hash,
        from: TWO_AT_NIGHT,
        until: null,
        summary: '首次',
        emergency,
        values: { hotline: '400-800-1234' },
      },
    })

  const place = { kind: 'statement', statement: 'first', scenario: '起火', emotion: null, language: 'zh-Hans', preparedFor: '' }
  const first = contentWith('')
  await submit(
    BEN,
    { type: 'wording.create', kind: 'wording', id: WORDING, body: { place, title: first.title, core: '', origin: null } },
    { type: 'wording-draft.start', kind: 'wording-draft', id: WORDING, body: { content: first, authors: [] } },
    { type: 'wording-values.set', kind: 'wording-values', id: INCIDENT, body: { values: VALUES } },
  )

  return { team, clock, faults, base: `http://127.0.0.1:${server.port}`, ask, decide, publish, submit, link }
}

export type ApprovalHub = Awaited<ReturnType<typeof openApprovalHub>>
