import { Language } from '#contract/workspace-api.ts'

const KEY = 'stormroom.demo'
const ENTERED_KEY = 'stormroom.demo-entered'
const LANGUAGE_KEY = 'stormroom.language-of-visit'

/** The language of the demo in this window; null if the window shows the real workspace. */
export function demoOfWindow(): Language | null {
  return Language.safeParse(sessionStorage.getItem(KEY)).data ?? null
}

/**
 * Switches this window to the demo in the given language. Reloads the page, so that no state leaks between workspace and demo. The choice
 * survives a reload.
 */
export function enterDemo(language: Language): void {
  sessionStorage.setItem(KEY, language)
  sessionStorage.removeItem(ENTERED_KEY)
  sessionStorage.setItem(LANGUAGE_KEY, language)
  location.hash = '#/'
  location.reload()
}

/** The language in which this window last showed the demo; the first run after it continues in that language. */
export function languageOfVisit(): Language | null {
  return Language.safeParse(sessionStorage.getItem(LANGUAGE_KEY)).data ?? null
}

/** Switches this window back to the real workspace, in the current language. */
export function leaveDemo(): void {
  sessionStorage.removeItem(KEY)
  sessionStorage.setItem(LANGUAGE_KEY, document.documentElement.lang)
  location.hash = '#/'
  location.reload()
}

/** True on the first call after the window entered the demo: the story page is then shown first. */
export function entersStory(): boolean {
  if (sessionStorage.getItem(ENTERED_KEY) !== null) return false
  sessionStorage.setItem(ENTERED_KEY, 'yes')
  return true
}

/** Storage for drafts. Drafts of the demo and of the real workspace are kept apart. */
export type DraftShelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The part of a storage that belongs to what this window shows: the demo or the real workspace. */
export function shelfOfRoom(storage: Storage): DraftShelf {
  const place = demoOfWindow() === null ? '' : 'demo.'
  return {
    getItem: (key) => storage.getItem(place + key),
    setItem: (key, value) => storage.setItem(place + key, value),
    removeItem: (key) => storage.removeItem(place + key),
  }
}
