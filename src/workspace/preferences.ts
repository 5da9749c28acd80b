import { Preferences } from '#contract/workspace-api.ts'

export const DEFAULT_PREFERENCES: Preferences = { language: null, theme: 'auto' }

/** What this device remembers of its user's likings; what cannot be read counts as never said. */
export function readPreferences(meta: { read(key: 'preferences'): string | null }): Preferences {
  const parsed = Preferences.safeParse(JSON.parse(meta.read('preferences') ?? 'null'))
  return parsed.success ? parsed.data : DEFAULT_PREFERENCES
}
