import { z } from 'zod'

const MARK = 'stormroom1.'

/** The content of an invite: the hub's addresses, its certificate fingerprint, and a secret that works once. */
export const InviteCode = z.strictObject({
  /** Addresses of the hub, best first. */
  a: z.array(z.url().max(300)).min(1).max(10),
  /** SHA-256 fingerprint of the hub's certificate, upper-case hex with colons; absent for a certificate from a public authority. */
  f: z
    .string()
    .regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    .optional(),
  /** Name of the team, shown before joining. */
  n: z.string().max(80),
  s: z.string().min(20).max(100),
})
export type InviteCode = z.infer<typeof InviteCode>

/** Encodes an invite as one line that survives chats and e-mail. */
export function writeInviteCode(code: InviteCode): string {
  return MARK + Buffer.from(JSON.stringify(code)).toString('base64url')
}

/** Finds an invite in text that may contain other words; null when there is none. */
export function readInviteCode(text: string): InviteCode | null {
  const found = /stormroom1\.([\w-]+)/.exec(text.replaceAll(/\s+/g, ''))
  if (!found?.[1]) return null
  try {
    const parsed = InviteCode.safeParse(JSON.parse(Buffer.from(found[1], 'base64url').toString('utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
