import { z } from 'zod'
import { isSealed } from '#storage/sealed-value.ts'
import type { Replica } from '#replica/open-replica.ts'
import { CLEAR_TOKEN } from '#replica/store/clear-token.ts'
import { askForScrub } from '#replica/store/scrub.ts'
import type { DeviceKeys } from './device-keys.ts'

/** How a replica reaches the hub of the team it has joined; stored in the replica, so that it is deleted with it. */
export const JoinedTeam = z.strictObject({
  hubId: z.string(),
  teamName: z.string(),
  url: z.url(),
  pinned: z.strictObject({ pem: z.string(), fingerprint: z.string() }).nullable(),
  login: z.string(),
  device: z.string(),
  /** Sealed, see `device-keys.ts`. Empty in a copy of the replica whose unsealed token was removed. */
  token: z.string(),
})
export type JoinedTeam = z.infer<typeof JoinedTeam>

/** How this machine hosts its team; it hosts again at the next start. */
export const HostedTeam = z.strictObject({ port: z.int().min(0).max(65_535), teamName: z.string() })
export type HostedTeam = z.infer<typeof HostedTeam>

type Meta = { read(key: 'joined' | 'hosted'): string | null }

/** The team that a replica has joined, or null if its hub is on this machine. */
export function readJoined(meta: Meta): JoinedTeam | null {
  const parsed = JoinedTeam.safeParse(JSON.parse(meta.read('joined') ?? 'null'))
  return parsed.success ? parsed.data : null
}

/** How this machine hosts, or null if it serves only itself. */
export function readHosted(meta: Meta): HostedTeam | null {
  const parsed = HostedTeam.safeParse(JSON.parse(meta.read('hosted') ?? 'null'))
  return parsed.success ? parsed.data : null
}

/** Stores which team this replica has joined, with its session token sealed. */
export function writeJoined({ store: { meta } }: Replica, team: JoinedTeam, keys: DeviceKeys): void {
  meta.write('joined', JSON.stringify({ ...team, token: keys.seal(team.token) }))
}

/**
 * Seals a token that an older version stored in the clear, and has it removed from the file's free pages and from every backup.
 * If no key can be stored it stays as it is.
 */
export function sealClearToken(replica: Replica, keys: DeviceKeys): void {
  const joined = readJoined(replica.store.meta)
  if (!joined || joined.token === '' || isSealed(joined.token)) return
  const token = keys.sealKept(joined.token)
  if (token === null) return
  replica.db
    .transaction(() => {
      replica.store.meta.write('joined', JSON.stringify({ ...joined, token }))
      askForScrub(replica.db, [CLEAR_TOKEN])
    })
    .immediate()
  replica.scrub()
}
