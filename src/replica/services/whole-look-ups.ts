import { MINUTE } from '#domain/durations.ts'
import { personalSpots } from '#domain/privacy/mask-personal.ts'

/** Maximum number of different numbers and addresses searched per minute: enough for normal work, too few to guess masked values. */
export const LOOK_UPS_PER_MINUTE = 10

export type WholeLookUps = {
  /** Whether a search is allowed: always if it contains no whole number or address, or repeats a recent one. */
  admits(typed: string): boolean
}

/** Counts searches for whole numbers and addresses. */
export function createWholeLookUps(now: () => number): WholeLookUps {
  let recent: { typed: string; at: number }[] = []
  return {
    admits(typed) {
      if (personalSpots(typed).length === 0) return true
      const since = now() - MINUTE
      recent = recent.filter(({ at }) => at > since)
      if (recent.some((one) => one.typed === typed)) return true
      if (recent.length >= LOOK_UPS_PER_MINUTE) return false
      recent.push({ typed, at: now() })
      return true
    },
  }
}
