import { Menu, Tray, type BrowserWindow, type NativeImage } from 'electron'
import type { Words } from './words.ts'

export type TrayParts = { icon: NativeImage; window: BrowserWindow; focus(): void; quit(): void }
export type TrayState = { words: Words; nextClock: string | null }

/**
 * The tray icon: shows the next deadline, shows or hides the window, quits.
 * @returns a function that shows another state
 */
export function createTray(parts: TrayParts, first: TrayState): (state: TrayState) => void {
  const { window } = parts
  const tray = new Tray(parts.icon)
  let state = first
  const show = () => {
    const { words, nextClock } = state
    tray.setToolTip(nextClock === null ? words.appName : `${words.appName} · ${nextClock}`)
    const visible = !window.isDestroyed() && window.isVisible()
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { id: 'clock', label: nextClock ?? words.tray.noClock, enabled: false },
        { type: 'separator' },
        visible
          ? { id: 'hide', label: words.tray.hide, click: () => window.hide() }
          : { id: 'show', label: words.tray.show, click: parts.focus },
        { id: 'quit', label: words.tray.quit, click: parts.quit },
      ]),
    )
  }
  tray.on('click', parts.focus)
  window.on('show', show)
  window.on('hide', show)
  window.once('closed', () => tray.destroy())
  show()
  return (next) => {
    state = next
    if (!tray.isDestroyed()) show()
  }
}
