import type { WebContents } from 'electron'
import { isAppPage } from './app-page.ts'

/**
 * Restricts a web contents to the page: it may only reload. No other address, no frame, no second window, no
 * webview (reliability study, section 9, items 11 to 14).
 * @param onRefused called with what was refused, for the log
 */
export function guardContents(contents: WebContents, onRefused: (what: string, address: string) => void): void {
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame && isAppPage(event.url)) return
    event.preventDefault()
    onRefused('will-frame-navigate', event.url)
  })
  contents.on('will-navigate', (event) => {
    if (event.isMainFrame && isAppPage(event.url)) return
    event.preventDefault()
    onRefused('will-navigate', event.url)
  })
  contents.on('will-redirect', (event) => {
    event.preventDefault()
    onRefused('will-redirect', event.url)
  })
  contents.on('will-attach-webview', (event, _preferences, params) => {
    event.preventDefault()
    onRefused('will-attach-webview', params['src'] ?? '')
  })
  contents.setWindowOpenHandler(({ url }) => {
    onRefused('window-open', url)
    return { action: 'deny' }
  })
}
