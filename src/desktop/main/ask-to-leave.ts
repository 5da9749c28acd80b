import type { BrowserWindow, Dialog } from 'electron'
import type { Words } from './words.ts'

type Parts = {
  window: BrowserWindow
  dialog: Pick<Dialog, 'showMessageBoxSync'>
  /** The texts in the language of the moment. */
  words: () => Words
}

/** Asks before the page is left while it holds text that is not saved. Without this Electron would keep the window open and say nothing. */
export function askToLeave({ window, dialog, words }: Parts): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const text = words()
    const answer = dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: text.unsaved.question,
      detail: text.unsaved.detail,
      buttons: [text.unsaved.leave, text.unsaved.stay],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    })
    // Here, to prevent the default means to leave all the same.
    if (answer === 0) event.preventDefault()
  })
}
