import { z } from 'zod'
import type { InviteCode } from '#hub/accounts/invite-code.ts'
import type { HubAddress } from '#replica/link/socket-wire.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { SignInWays } from '#contract/team-api.ts'
import { postToHub, pinAddress } from './post-to-hub.ts'

const About = z.object({ hubId: z.string(), signInWith: z.object({ password: z.boolean(), openIdConnect: z.string().nullable() }) })

export type ReachedHub = { address: HubAddress; hubId: string; signInWith: SignInWays }

async function reachAt(url: string, fingerprint: string | null): Promise<Result<ReachedHub>> {
  const pinned = await pinAddress(url, fingerprint)
  if (!pinned.ok) return pinned
  const about = await postToHub(pinned.value, '/hub', undefined, About)
  return about.ok ? done({ address: pinned.value, ...about.value }) : about
}

/** The ways to sign in at a hub. */
export async function askWays(address: HubAddress): Promise<Result<{ signInWith: SignInWays }>> {
  const about = await postToHub(address, '/hub', undefined, About)
  return about.ok ? done({ signInWith: about.value.signInWith }) : about
}

/** The first address of an invite that answers as the hub it names. */
export async function reachInvited(code: InviteCode): Promise<Result<ReachedHub>> {
  let last: Result<never> = fail('hub-unreachable', { address: code.a[0] ?? '' })
  for (const url of code.a) {
    const reached = await reachAt(url, code.f ?? null)
    if (reached.ok) return reached
    // A wrong certificate is more important to report than the next address being unreachable.
    if (last.failure.code !== 'hub-certificate-differs') last = reached
  }
  return last
}
