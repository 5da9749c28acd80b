import { BrowserWindow } from 'electron'
import { APP_PAGE } from './app-page.ts'
import { placeWindow, readWindowState, SMALLEST_WINDOW, writeWindowState, type WindowState } from './window-state.ts'

export type WindowParts = {
  title: string
  preload: string
  icon: string
  /** File that stores the window's position. */
  stateFile: string
  workAreas: Parameters<typeof placeWindow>[1]
  dark: boolean
  developerTools: boolean
}

/** The page's initial background, so that it does not flash while it loads. */
export function pageBackground(dark: boolean): string {
  return dark ? '#0e1a24' : '#f7f5f0'
}

/**
 * The only place where a window is created: page without Node, sandboxed, isolated from its preload
 * (reliability study, section 9, items 2 to 4). It is shown once its content is ready.
 */
export function openWindow(parts: WindowParts): BrowserWindow {
  const { maximized, ...bounds } = placeWindow(readWindowState(parts.stateFile), parts.workAreas)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: SMALLEST_WINDOW.width,
    minHeight: SMALLEST_WINDOW.height,
    title: parts.title,
    icon: parts.icon,
    show: false,
    backgroundColor: pageBackground(parts.dark),
    webPreferences: {
      preload: parts.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: parts.developerTools,
    },
  })
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  const remember = () => void writeWindowState(parts.stateFile, stateOf(window))
  window.on('resized', remember)
  window.on('moved', remember)
  window.on('maximize', remember)
  window.on('unmaximize', remember)
  window.on('close', remember)
  void window.loadURL(APP_PAGE)
  return window
}

function stateOf(window: BrowserWindow): WindowState {
  const { x, y, width, height } = window.getNormalBounds()
  return { x, y, width, height, maximized: window.isMaximized() }
}

/** Brings a window to the front, even if minimised or hidden. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
