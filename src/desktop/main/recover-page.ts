import type { WebContents } from 'electron'

const MOST_RELOADS = 3

/**
 * Loads the page again when its process has died. A page that dies again and again stays dead, so that the machine is not kept
 * busy; reloading it by hand still works.
 */
export function recoverPage(contents: WebContents): void {
  let reloads = 0
  contents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || reloads >= MOST_RELOADS) return
    reloads++
    contents.reload()
  })
}
