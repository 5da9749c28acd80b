import { createRoot } from 'react-dom/client'
import english from '../../../resources/locales/en/console.json'
import chinese from '../../../resources/locales/zh-Hans/console.json'
import { postToHub } from '../page/hub-call.ts'
import { WordsProvider } from '../page/words.tsx'
import { createConsoleStore } from './connection/console-store.ts'
import { openEventStream } from './connection/event-stream.ts'
import { fetchState } from './connection/state-call.ts'
import { ConsolePage } from './ConsolePage.tsx'
import { takeLinkSecret } from './link-secret.ts'

/** A random UUID; `crypto.randomUUID` exists only over https. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Shows the console in an element of the page. */
export function openConsole(root: HTMLElement): void {
  // In a frame of another desk there is little room, see the style sheets.
  document.documentElement.toggleAttribute('data-embedded', location.pathname.endsWith('/embed/'))
  const link = takeLinkSecret(window)
  const store = createConsoleStore({
    ask: fetchState,
    post: postToHub,
    openStream: openEventStream,
    storage: () => localStorage,
    now: () => Date.now(),
    newId: randomUuid,
    isAway: () => document.hidden,
  })
  createRoot(root).render(
    <WordsProvider words={{ 'zh-Hans': chinese, en: english }}>
      <ConsolePage store={store} link={link} />
    </WordsProvider>,
  )
}
