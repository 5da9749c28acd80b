import type { WebContents } from 'electron'

const MOST_RELOADS = 3

/**
 * Reloads the page after its process crashed. After repeated crashes it is not reloaded, so that the machine is not kept busy;
 * reloading it by hand still works.
 */
export function recoverPage(contents: WebContents): void {
  let reloads = 0
  contents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || reloads >= MOST_RELOADS) return
    reloads++
    contents.reload()
  })
}
