import { z } from 'zod'

const MARK = 'stormroom1.'

/** What an invite carries: where the hub is, how to know it, and the secret that opens the door once. */
export const InviteCode = z.strictObject({
  /** Addresses of the hub, most useful first. */
  a: z.array(z.url().max(300)).min(1).max(10),
  /** SHA-256 fingerprint of the hub's certificate, upper-case hex with colons; absent where a public authority vouches for it. */
  f: z
    .string()
    .regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    .optional(),
  /** Name of the team, to be shown before anything is done. */
  n: z.string().max(80),
  s: z.string().min(20).max(100),
})
export type InviteCode = z.infer<typeof InviteCode>

/** An invite as one line that survives chats and e-mail. */
export function writeInviteCode(code: InviteCode): string {
  return MARK + Buffer.from(JSON.stringify(code)).toString('base64url')
}

/** Reads an invite, with whatever a chat put around it; null when there is none in the text. */
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
