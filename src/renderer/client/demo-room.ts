import { Language } from '#contract/workspace-api.ts'

const KEY = 'stormroom.demo'
const ENTERED_KEY = 'stormroom.demo-entered'
const LANGUAGE_KEY = 'stormroom.language-of-visit'

/** The language of the demo that this window shows; null: it shows the room with the data. */
export function demoOfWindow(): Language | null {
  return Language.safeParse(sessionStorage.getItem(KEY)).data ?? null
}

/**
 * Shows the demo in this window, told in a language. The page is loaded anew, so that nothing it holds of the one room is
 * taken into the other; loaded again it stays where it is.
 */
export function enterDemo(language: Language): void {
  sessionStorage.setItem(KEY, language)
  sessionStorage.removeItem(ENTERED_KEY)
  sessionStorage.setItem(LANGUAGE_KEY, language)
  location.hash = '#/'
  location.reload()
}

/** The language in which this window has last shown the demo: what a first run after it goes on in. */
export function languageOfVisit(): Language | null {
  return Language.safeParse(sessionStorage.getItem(LANGUAGE_KEY)).data ?? null
}

/** Shows the room with the data again, in the language read by now. */
export function leaveDemo(): void {
  sessionStorage.removeItem(KEY)
  sessionStorage.setItem(LANGUAGE_KEY, document.documentElement.lang)
  location.hash = '#/'
  location.reload()
}

/** Whether this window has just come to the demo, asked once: then it shows the story itself, wherever else it would begin. */
export function entersStory(): boolean {
  if (sessionStorage.getItem(ENTERED_KEY) !== null) return false
  sessionStorage.setItem(ENTERED_KEY, 'yes')
  return true
}

/** Where drafts are kept; a draft of the demo never meets one of the room with the data. */
export type DraftShelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The part of a storage that belongs to the room that this window shows. */
export function shelfOfRoom(storage: Storage): DraftShelf {
  const place = demoOfWindow() === null ? '' : 'demo.'
  return {
    getItem: (key) => storage.getItem(place + key),
    setItem: (key, value) => storage.setItem(place + key, value),
    removeItem: (key) => storage.removeItem(place + key),
  }
}
