import { z } from 'zod'

/** How a replica reaches the hub of the team it has joined; kept in the replica, so that it is gone with it. */
export const JoinedTeam = z.strictObject({
  hubId: z.string(),
  teamName: z.string(),
  url: z.url(),
  pinned: z.strictObject({ pem: z.string(), fingerprint: z.string() }).nullable(),
  login: z.string(),
  device: z.string(),
  token: z.string(),
})
export type JoinedTeam = z.infer<typeof JoinedTeam>

/** How this machine hosts its team; it does so again at the next start. */
export const HostedTeam = z.strictObject({ port: z.int().min(0).max(65_535), teamName: z.string() })
export type HostedTeam = z.infer<typeof HostedTeam>

type Meta = { read(key: 'joined' | 'hosted'): string | null }

/** The team that a replica has joined, or null when its hub is on this machine. */
export function readJoined(meta: Meta): JoinedTeam | null {
  const parsed = JoinedTeam.safeParse(JSON.parse(meta.read('joined') ?? 'null'))
  return parsed.success ? parsed.data : null
}

/** How this machine hosts, or null when it serves itself alone. */
export function readHosted(meta: Meta): HostedTeam | null {
  const parsed = HostedTeam.safeParse(JSON.parse(meta.read('hosted') ?? 'null'))
  return parsed.success ? parsed.data : null
}
