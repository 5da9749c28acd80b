import type { TokenScope } from '#contract/team-api.ts'
import { TOKEN_SCOPES } from '#contract/team-api.ts'
import { serveHub } from '#hub/http/serve-hub.ts'
import { openHub, type Hub } from '#hub/open-hub.ts'
import { openTeamOver } from '#tests/support/team-hub.ts'
import { ANN, joinText, BEN } from '#tests/support/log-texts.ts'
import { join } from 'node:path'

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> }

/** A complete hub over a real file, served on a real socket, with 安 (owner, commander) and 本 (PR) in its team. */
export async function openApi(folder: string, now: () => number = Date.now, over?: Hub) {
  const faults: unknown[] = []
  const opened = over ? null : openHub(join(folder, 'hub.db'), true, now)
  if (opened && !opened.ok) throw new Error(opened.trouble.detail)
  const hub = over ?? (opened?.ok ? opened.hub : null)
  if (!hub) throw new Error('no hub')
  const { team, link } = await openTeamOver(hub, folder, now, faults)
  await team.submit([joinText(ANN, '安', 'commander')], ANN, null)
  await team.submit([joinText(BEN, '本', 'pr')], BEN, { kind: 'invited', role: 'pr' })
  const server = await serveHub(team, {
    host: '127.0.0.1',
    port: 0,
    certificate: null,
    behindProxy: false,
    log: (level, message, detail) => void (level === 'error' ? faults.push({ message, detail }) : null),
  })
  const base = `http://127.0.0.1:${server.port}`

  async function call(
    method: string,
    path: string,
    token: string | null,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> }
  }

  return {
    hub,
    team,
    base,
    faults,
    call,
    ask: (memberId: string) => link(memberId).ask,
    async token(memberId: string, kind: 'personal' | 'service' = 'personal', scopes: readonly TokenScope[] = TOKEN_SCOPES) {
      const made = await link(memberId).ask('team.createToken', { name: '监测', kind, scopes: [...scopes], days: 30 })
      if (!made.ok) throw new Error(made.failure.code)
      return made.value
    },
    async close() {
      await server.close()
      await team.close()
    },
  }
}

export const INCIDENT_BODY = { title: '滤芯异味', type: 'product-problem', level: 1 }
