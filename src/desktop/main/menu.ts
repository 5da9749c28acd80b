import type { MenuItemConstructorOptions } from 'electron'
import type { DesktopCommand } from '#contract/desktop-ipc.ts'
import type { Words } from './words.ts'

export type MenuParts = {
  words: Words
  isMac: boolean
  /** Adds reload and developer tools, which users do not get. */
  isDevelopment: boolean
  ask(command: DesktopCommand): void
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' }

/** The application menu. IDs are the same in every language. */
export function menuTemplate({ words, isMac, isDevelopment, ask }: MenuParts): MenuItemConstructorOptions[] {
  const { menu } = words
  const settings: MenuItemConstructorOptions = {
    id: 'settings',
    label: menu.settings,
    accelerator: 'CmdOrCtrl+,',
    click: () => ask({ do: 'settings' }),
  }
  const quit: MenuItemConstructorOptions = { id: 'quit', role: 'quit', label: menu.quit }
  const about: MenuItemConstructorOptions = { id: 'about', role: 'about', label: menu.about }
  return [
    ...(isMac ? [appMenu({ words, about, settings, quit })] : []),
    {
      label: menu.file,
      submenu: [
        { id: 'declare', label: menu.declare, accelerator: 'CmdOrCtrl+Shift+D', click: () => ask({ do: 'declare' }) },
        SEPARATOR,
        ...(isMac ? [{ id: 'close', role: 'close', label: menu.close } as const] : [settings, SEPARATOR, quit]),
      ],
    },
    {
      label: menu.edit,
      submenu: [
        { role: 'undo', label: menu.undo },
        { role: 'redo', label: menu.redo },
        SEPARATOR,
        { role: 'cut', label: menu.cut },
        { role: 'copy', label: menu.copy },
        { role: 'paste', label: menu.paste },
        { role: 'selectAll', label: menu.selectAll },
      ],
    },
    {
      label: menu.view,
      submenu: [
        { id: 'search', label: menu.search, accelerator: 'CmdOrCtrl+Shift+F', click: () => ask({ do: 'search' }) },
        SEPARATOR,
        { id: 'zoom-in', role: 'zoomIn', label: menu.zoomIn },
        { id: 'zoom-out', role: 'zoomOut', label: menu.zoomOut },
        { id: 'zoom-reset', role: 'resetZoom', label: menu.zoomReset },
        SEPARATOR,
        { id: 'full-screen', role: 'togglefullscreen', label: menu.fullScreen },
        ...(isDevelopment ? developmentItems(words) : []),
      ],
    },
    {
      label: menu.window,
      role: 'window',
      submenu: [
        { id: 'minimize', role: 'minimize', label: menu.minimize },
        ...(isMac ? [] : [{ id: 'close', role: 'close', label: menu.close } as const]),
      ],
    },
    {
      label: menu.help,
      role: 'help',
      submenu: [{ id: 'shortcuts', label: menu.shortcuts, click: () => ask({ do: 'shortcuts' }) }, ...(isMac ? [] : [SEPARATOR, about])],
    },
  ]
}

function appMenu(parts: { words: Words } & Record<'about' | 'settings' | 'quit', MenuItemConstructorOptions>): MenuItemConstructorOptions {
  const { menu } = parts.words
  return {
    label: parts.words.appName,
    submenu: [
      parts.about,
      SEPARATOR,
      parts.settings,
      SEPARATOR,
      { role: 'hide', label: menu.hide },
      { role: 'hideOthers', label: menu.hideOthers },
      { role: 'unhide', label: menu.showAll },
      SEPARATOR,
      parts.quit,
    ],
  }
}

function developmentItems({ menu }: Words): MenuItemConstructorOptions[] {
  return [
    SEPARATOR,
    { id: 'reload', role: 'reload', label: menu.reload },
    { id: 'developer-tools', role: 'toggleDevTools', label: menu.developerTools },
  ]
}
