import { personalSpots } from '#domain/privacy/mask-personal.ts'

/** So many different numbers and addresses a minute find their entries: room for a desk at work, none for trying out what a mask hides. */
export const LOOK_UPS_PER_MINUTE = 10
const MINUTE_MS = 60_000

/** Counts which numbers and addresses were looked for as a whole. */
export function createWholeLookUps(now: () => number) {
  let recent: { typed: string; at: number }[] = []
  return {
    /** Whether what was typed may be looked for: always where it names no whole number or address, and where it was asked for just before. */
    admits(typed: string): boolean {
      if (personalSpots(typed).length === 0) return true
      const since = now() - MINUTE_MS
      recent = recent.filter(({ at }) => at > since)
      if (recent.some((one) => one.typed === typed)) return true
      if (recent.length >= LOOK_UPS_PER_MINUTE) return false
      recent.push({ typed, at: now() })
      return true
    },
  }
}

export type WholeLookUps = ReturnType<typeof createWholeLookUps>
