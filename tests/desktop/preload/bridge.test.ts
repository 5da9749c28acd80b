import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'

const electron = vi.hoisted(() => ({ exposed: {} as Record<string, unknown>, invoked: [] as unknown[][], answer: (): unknown => true }))

vi.mock('electron', () => {
  const ipcRenderer: EventEmitter = Object.assign(new EventEmitter(), {
    invoke: (...call: unknown[]) => {
      electron.invoked.push(call)
      return Promise.resolve().then(electron.answer)
    },
  })
  return {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (name: string, value: unknown) => {
        electron.exposed[name] = value
      },
    },
  }
})

const { ipcRenderer } = (await import('electron')) as unknown as { ipcRenderer: EventEmitter }
await import('../../../src/desktop/preload/start-preload.ts')

type Bridge = Record<string, (...args: unknown[]) => unknown>
const bridge = electron.exposed['stormroom'] as Bridge

test('reliability study 9.20: the page gets these functions and no more, frozen, with nothing of Electron among them', () => {
  expect(Object.keys(electron.exposed)).toEqual(['stormroom'])
  expect(Object.isFrozen(bridge)).toBe(true)
  expect(Object.fromEntries(Object.entries(bridge).map(([name, value]) => [name, typeof value]))).toEqual({
    platform: 'string',
    connect: 'function',
    notify: 'function',
    setLanguage: 'function',
    setTheme: 'function',
    setNextClock: 'function',
    openLink: 'function',
    onCommand: 'function',
  })
})

test('each function calls one channel with one plain value, and a refusal is only a no', async () => {
  const notice = { title: 'a', body: 'b', place: null }
  bridge['connect']?.()
  const answers = await Promise.all([
    bridge['notify']?.(notice),
    bridge['setLanguage']?.('en'),
    bridge['setTheme']?.('dark'),
    bridge['setNextClock']?.(null),
    bridge['openLink']?.('https://x.example'),
  ])
  expect(answers).toEqual([true, true, true, true, true])
  expect(electron.invoked).toEqual([
    ['stormroom:connect', {}],
    ['stormroom:notify', notice],
    ['stormroom:setLanguage', { language: 'en' }],
    ['stormroom:setTheme', { theme: 'dark' }],
    ['stormroom:setNextClock', { text: null }],
    ['stormroom:openLink', { url: 'https://x.example' }],
  ])
  electron.answer = () => {
    throw new Error("Error invoking remote method 'stormroom:notify': Error: refused")
  }
  expect(await bridge['notify']?.(notice)).toBe(false)
  electron.answer = () => ({ more: 'than a yes' })
  expect(await bridge['notify']?.(notice)).toBe(false)
})

test('commands that come before the page listens wait; none reaches a listener that has stopped', () => {
  const heard: unknown[][] = []
  ipcRenderer.emit('stormroom:command', { sender: ipcRenderer }, { do: 'declare' })
  const stop = bridge['onCommand']?.((...args: unknown[]) => void heard.push(args)) as () => void
  ipcRenderer.emit('stormroom:command', { sender: ipcRenderer }, { do: 'search' })
  ipcRenderer.emit('stormroom:command', { sender: {} }, { do: 'settings' })
  stop()
  ipcRenderer.emit('stormroom:command', { sender: ipcRenderer }, { do: 'settings' })
  // Only the command is passed on, not the event, which carries Electron's sender.
  expect(heard).toEqual([[{ do: 'declare' }], [{ do: 'search' }]])
})

test('a port is handed to the page alone, and only one that comes from the main process', () => {
  const posted: unknown[][] = []
  vi.stubGlobal('location', { origin: 'app://stormroom' })
  vi.stubGlobal('window', { postMessage: (...args: unknown[]) => void posted.push(args) })
  ipcRenderer.emit('stormroom:port', { sender: ipcRenderer, ports: ['port'] })
  ipcRenderer.emit('stormroom:port', { sender: {}, ports: ['forged'] })
  ipcRenderer.emit('stormroom:port', { sender: ipcRenderer, ports: [] })
  ipcRenderer.emit('stormroom:port', { sender: ipcRenderer, ports: ['two', 'ports'] })
  vi.unstubAllGlobals()
  expect(posted).toEqual([[{ stormroom: 'port' }, 'app://stormroom', ['port']]])
})
