const MINUTE = 60_000

/** How much guessing is let through before the door stays shut for a while. */
export const LOCK_OUT = {
  /** Wrong passwords for one name from one address within the window: what somebody does elsewhere keeps nobody out. */
  perPlace: 5,
  /** Wrong passwords for one name from all addresses that it never came in from: one who has many of them. */
  perLogin: 50,
  /** From one address within the window, whatever the names: one who tries a common password on everybody. */
  perAddress: 30,
  windowMs: 15 * MINUTE,
  /** How long an address counts as one that a name came in from. */
  knownMs: 90 * 24 * 60 * MINUTE,
} as const

/**
 * Until when sign-in is refused, milliseconds since 1970, or null.
 * @param failures times of the failures within the window, oldest first
 * @param allowed how many are let through
 */
export function lockedUntil(failures: readonly number[], allowed: number, now: number): number | null {
  const recent = failures.filter((at) => at > now - LOCK_OUT.windowMs)
  const deciding = recent.at(-allowed)
  if (recent.length < allowed || deciding === undefined) return null
  return deciding + LOCK_OUT.windowMs
}
