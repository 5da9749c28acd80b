import { onTestFinished } from 'vitest'
import type { Result } from '#contract/failures.ts'
import { connectHub } from '#contract/connect-hub.ts'
import { serveHub } from '#hub/http/serve-hub.ts'
import type { OidcSettings } from '#hub/oidc/oidc-settings.ts'
import { openHub } from '#hub/open-hub.ts'
import { memoryWire } from '#hub/session/links.ts'
import { createTeamHub } from '#hub/team-hub.ts'
import { CLIENT, freePort, openProvider } from '#tests/support/company-provider.ts'
import { ANN, joinText } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

export type Ticket = { ticket: string; authorizeUrl: string; pollSecret: string; code: string; expiresAt: number }
export type Entered =
  { state: 'waiting' } | { state: 'entered'; memberId: string; token: string; sessionId: string; hubId: string; teamName: string }

/** A hub on a real port that uses a real provider on another; 安 founded the team. */
export async function openCompanyHub(changes: Partial<OidcSettings> | null = {}) {
  const folder = makeTempFolder('oidc', 'quick')
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const provider = await openProvider(origin)
  let time = Date.now()
  const now = () => time
  const opened = openHub(`${folder}/hub.db`, true, now)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const logged: { level: string; message: string; detail: unknown }[] = []
  const log = (level: string, message: string, detail?: Record<string, unknown>) => void logged.push({ level, message, detail })
  const oidc: OidcSettings | null = changes && {
    issuer: provider.issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    name: '清泉账号',
    only: false,
    address: origin,
    ...changes,
  }
  const team = await createTeamHub({
    hub: opened.hub,
    dataFolder: folder,
    evidenceFolder: `${folder}/evidence`,
    version: 'test',
    log,
    now,
    oidc,
  })
  await team.setTeamName('清泉')
  const server = await serveHub(team, { host: '127.0.0.1', port, certificate: null, behindProxy: false, log })
  await team.submit([joinText(ANN, '安', 'commander')], ANN, { kind: 'founder' })
  onTestFinished(async () => {
    await server.close()
    await team.close()
    await provider.stop()
  })

  async function ask<Value>(path: string, body: unknown): Promise<Result<Value>> {
    const response = await fetch(origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await response.json()) as Result<Value>
  }
  async function value<Value>(path: string, body: unknown): Promise<Value> {
    const result = await ask<Value>(path, body)
    if (!result.ok) throw new Error(`${path}: ${JSON.stringify(result.failure)}`)
    return result.value
  }

  return {
    team,
    provider,
    origin,
    logged,
    ask,
    value,
    later: (milliseconds: number) => {
      time += milliseconds
    },
    /** The secret of a new invite. */
    invite: async () => (await team.accounts.invites.make({ role: 'legal' }, '', 24, ANN)).secret,
    begin: (more: { secret?: string; name?: string } = {}, device = '会议室电脑') =>
      value<Ticket>('/auth/oidc/begin', { device, language: 'zh-Hans', ...more }),
    outcome: ({ ticket, pollSecret }: Pick<Ticket, 'ticket' | 'pollSecret'>) => ask<Entered>('/auth/oidc/result', { ticket, pollSecret }),
    /** The link of a member's device. */
    linkOf: (memberId: string, sessionId: string | null = null) =>
      connectHub(memoryWire(team.links, { memberId, sessionId, device: '会议室电脑', address: 'here' })),
    accessLog: async () =>
      (await team.access.page(null, null)).map(({ memberId, what, about, device }) => ({ memberId, what, about, device })),
  }
}

export type CompanyHub = Awaited<ReturnType<typeof openCompanyHub>>
