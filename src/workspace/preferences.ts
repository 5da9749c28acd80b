import { Preferences } from '#contract/workspace-api.ts'

export const DEFAULT_PREFERENCES: Preferences = { language: null, theme: 'auto' }

/** The user's preferences on this device; unreadable ones count as unset. */
export function readPreferences(meta: { read(key: 'preferences'): string | null }): Preferences {
  const parsed = Preferences.safeParse(JSON.parse(meta.read('preferences') ?? 'null'))
  return parsed.success ? parsed.data : DEFAULT_PREFERENCES
}
