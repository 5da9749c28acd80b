import { MINUTE } from '#domain/durations.ts'
import { hashSecret } from '../accounts/secrets.ts'

/** Invalid tokens allowed from one address within the window before it has to wait. */
export const WRONG_TOKENS = { max: 30, windowMs: MINUTE } as const
/** Maximum number of remembered addresses and tokens; attackers with more addresses are limited by other means. */
const REMEMBERED = 10_000

export type WrongTokens = {
  /** How long an address has to wait with this token, seconds; null when the token may be looked up. */
  wait(address: string, secret: string): number | null
  noteWrong(address: string, secret: string): void
  noteRight(secret: string): void
}

/**
 * Limits token guessing before the database is queried. Tokens that were valid recently are always looked up, from any address: one
 * program with an invalid token must not block others behind the same address.
 */
export function createWrongTokens(now: () => number): WrongTokens {
  const wrong = new Map<string, { count: number; since: number }>()
  const right = new Map<string, number>()

  function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
    map.delete(key)
    map.set(key, value)
    const [oldest] = map.keys()
    if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest)
  }

  return {
    wait(address: string, secret: string): number | null {
      const known = wrong.get(address)
      if (!known || known.count < WRONG_TOKENS.max || right.has(hashSecret(secret))) return null
      const left = known.since + WRONG_TOKENS.windowMs - now()
      return left > 0 && left <= WRONG_TOKENS.windowMs ? Math.ceil(left / 1000) : null
    },
    noteWrong(address: string, secret: string): void {
      right.delete(hashSecret(secret))
      const known = wrong.get(address)
      const goesOn = known !== undefined && Math.abs(now() - known.since) < WRONG_TOKENS.windowMs
      remember(wrong, address, goesOn ? { count: known.count + 1, since: known.since } : { count: 1, since: now() })
    },
    noteRight(secret: string): void {
      remember(right, hashSecret(secret), now())
    },
  }
}
