import { setTimeout as wait } from 'node:timers/promises'
import type { Membership } from '#contract/team-api.ts'
import { MINUTE } from '#domain/durations.ts'
import type { WorkspaceClient } from './workspace-client.ts'
import { failed, type CommandFailure } from './exit-codes.ts'
import type { Session } from './session.ts'

const ASK_MS = 1500
/** Timeout by this machine's clock, longer than the hub's own: normally the hub's answer decides. */
const GIVE_UP_MS = 11 * MINUTE

/**
 * Joins by the company's provider: prints the address to open and the code to compare, and waits for the user's browser.
 * Ctrl-C changes nothing.
 */
export async function joinByCompany(
  session: Session,
  client: WorkspaceClient,
  who: { code: string; name: string; device: string },
): Promise<{ ok: true; value: Membership } | { ok: false; failure: CommandFailure }> {
  const { terminal, interrupted, words } = session
  const begun = await client.call('membership.beginCompany', {
    by: { kind: 'invite', code: who.code, name: who.name },
    device: who.device,
    language: words.language,
  })
  if (!begun.ok) return begun
  const { ticket, authorizeUrl, code } = begun.value
  terminal.say(`${words.t('join.company', { url: authorizeUrl, code })}\n`)
  const end = Date.now() + GIVE_UP_MS
  for (;;) {
    await wait(ASK_MS, undefined, { signal: interrupted }).catch(() => {})
    if (interrupted.aborted) {
      await client.call('membership.cancelCompany', { ticket })
      return failed('interrupted')
    }
    const outcome = await client.call('membership.companyOutcome', { ticket })
    if (!outcome.ok) return outcome
    if (outcome.value !== 'waiting') return { ok: true, value: outcome.value }
    if (Date.now() > end) return { ok: false, failure: { code: 'oidc-expired', params: {} } }
  }
}
