import { MINUTE } from '#domain/durations.ts'

/** How many wrong passwords are allowed before sign-in is locked. */
export const LOCK_OUT = {
  /** Wrong passwords for one login from one address within the window: attempts elsewhere lock no one out. */
  perPlace: 5,
  /** Wrong passwords for one login from all addresses that it never signed in from: an attacker with many addresses. */
  perLogin: 50,
  /** Wrong passwords from one address within the window, for any login: an attacker who tries a common password on everyone. */
  perAddress: 30,
  windowMs: 15 * MINUTE,
  /** How long an address stays known for a login, milliseconds. */
  knownMs: 90 * 24 * 60 * MINUTE,
} as const

/** The limits of one way to sign in. */
export type LockOut = { [Limit in keyof typeof LOCK_OUT]: number }

/**
 * Until when sign-in is refused, milliseconds since 1970, or null.
 * @param failures times of the failures within the window, oldest first
 * @param allowed how many are allowed
 */
export function lockedUntil(failures: readonly number[], allowed: number, now: number): number | null {
  const recent = failures.filter((at) => at > now - LOCK_OUT.windowMs)
  const deciding = recent.at(-allowed)
  if (recent.length < allowed || deciding === undefined) return null
  return deciding + LOCK_OUT.windowMs
}
