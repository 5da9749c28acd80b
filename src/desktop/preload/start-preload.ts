// The API that the page gets from the shell: named functions that take and return plain values, never Electron's own objects or
// events (reliability study, section 9, item 20). The main process validates caller and input; nothing is trusted here.
import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { COMMAND_CHANNEL, desktopChannel, PORT_CHANNEL } from '#contract/desktop-channels.ts'
import type { DesktopBridge, DesktopCallInput, DesktopCallName, DesktopCommand } from '#contract/desktop-ipc.ts'

const MOST_WAITING = 10
const listeners = new Set<(command: DesktopCommand) => void>()
const waiting: DesktopCommand[] = []

async function call<Name extends DesktopCallName>(name: Name, input: DesktopCallInput<Name>): Promise<boolean> {
  try {
    return (await ipcRenderer.invoke(desktopChannel(name), input)) === true
  } catch {
    // Refused; Electron's error names internal channels, which the page need not know.
    return false
  }
}

function isFromMain(event: IpcRendererEvent): boolean {
  return event.sender === ipcRenderer
}

ipcRenderer.on(PORT_CHANNEL, (event) => {
  const [port, ...more] = event.ports
  if (!isFromMain(event) || !port || more.length > 0) return
  window.postMessage({ stormroom: 'port' }, location.origin, [port])
})

ipcRenderer.on(COMMAND_CHANNEL, (event, command: DesktopCommand) => {
  if (!isFromMain(event)) return
  // A command may come before the page listens.
  if (listeners.size === 0 && waiting.length < MOST_WAITING) waiting.push(command)
  for (const listener of listeners) listener(command)
})

const bridge: DesktopBridge = {
  platform: process.platform,
  connect: (demo) => void call('connect', demo ? { demo } : {}),
  notify: (notice) => call('notify', notice),
  setLanguage: (language) => call('setLanguage', { language }),
  setTheme: (theme) => call('setTheme', { theme }),
  setNextClock: (text) => call('setNextClock', { text }),
  openLink: (url) => call('openLink', { url }),
  onCommand(listener) {
    listeners.add(listener)
    for (const command of waiting.splice(0)) listener(command)
    return () => void listeners.delete(listener)
  },
}

contextBridge.exposeInMainWorld('stormroom', Object.freeze(bridge))
