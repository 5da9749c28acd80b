/**
 * What the stand-in runs in the page. The functions below are sent as text, so each must be self-contained: no imports and no
 * outer names. `runInPreloadWorld` runs in the isolated world, then `runInPageWorld` in the page's own.
 */
export const PRELOAD_WORLD = 'electron stand-in preload'

type Settings = { secret: string; binding: string; platform: string }
type Preload = (require: (name: string) => unknown, module: object, exports: object, process: object) => void

/** The source of both scripts for one window. */
export function pageScripts(settings: Settings, preloadSource: string): { preload: string; page: string } {
  const given = JSON.stringify(settings)
  return {
    preload: `(${runInPreloadWorld.toString()})(${given}, ${createBridge.toString()}, function (require, module, exports, process) {\n${preloadSource}\n})`,
    page: `(${runInPageWorld.toString()})(${given}, ${createBridge.toString()})`,
  }
}

type Bridge = { offer(value: unknown): void; ask(): unknown }

/** The two worlds share only the page's window: events with text carry calls, which are answered synchronously. */
function createBridge(sends: string, hears: string): Bridge {
  const functions: ((...args: unknown[]) => unknown)[] = []
  const replies = new Map<number, { ok: boolean; value?: unknown; message?: string }>()
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let next = 0

  function say(message: object): void {
    window.dispatchEvent(new CustomEvent(sends, { detail: JSON.stringify(message) }))
  }
  function wrap(value: unknown): unknown {
    if (typeof value === 'function') return { $: 'function', at: functions.push(value as () => unknown) - 1 }
    if (value instanceof Promise) {
      const id = ++next
      value.then(
        (result: unknown) => say({ kind: 'settled', id, ok: true, value: wrap(result) }),
        (error: unknown) => say({ kind: 'settled', id, ok: false, message: String(error) }),
      )
      return { $: 'promise', id }
    }
    if (Array.isArray(value)) return value.map(wrap)
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wrap(inner)]))
    return value === undefined ? { $: 'undefined' } : value
  }
  function unwrap(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(unwrap)
    if (typeof value !== 'object' || value === null) return value
    const tagged = value as { $?: string; at?: number; id?: number }
    if (tagged.$ === 'undefined') return undefined
    if (tagged.$ === 'function') return (...args: unknown[]) => call(tagged.at ?? -1, args)
    if (tagged.$ === 'promise') {
      return new Promise((resolve, reject) => {
        promises.set(tagged.id ?? -1, { resolve, reject })
      })
    }
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner)])))
  }
  function call(at: number, args: unknown[]): unknown {
    const id = ++next
    say({ kind: 'call', id, at, args: args.map(wrap) })
    const reply = replies.get(id)
    replies.delete(id)
    if (!reply?.ok) throw new Error(reply?.message ?? 'No answer from the other world')
    return unwrap(reply.value)
  }
  function run(at: number, args: unknown[]): object {
    try {
      return { ok: true, value: wrap(functions[at]?.(...args)) }
    } catch (error) {
      return { ok: false, message: String(error) }
    }
  }
  window.addEventListener(hears, (event) => {
    const message = JSON.parse(String((event as CustomEvent).detail)) as {
      kind: string
      id: number
      at: number
      args: unknown[]
      ok: boolean
      value?: unknown
      message?: string
    }
    if (message.kind === 'call') say({ kind: 'reply', id: message.id, ...run(message.at, message.args.map(unwrap)) })
    else if (message.kind === 'reply') replies.set(message.id, message)
    else if (message.ok) promises.get(message.id)?.resolve(unwrap(message.value))
    else promises.get(message.id)?.reject(new Error(message.message))
  })
  return { offer: (value) => void functions.push(() => value), ask: () => call(0, []) }
}

function runInPageWorld(settings: Settings, bridgeOf: typeof createBridge): void {
  if (window.top !== window) return
  const exposed = bridgeOf(`${settings.secret}>`, `${settings.secret}<`).ask() as Record<string, unknown>
  for (const [name, value] of Object.entries(exposed)) Object.defineProperty(window, name, { value, enumerable: true })
}

function runInPreloadWorld(settings: Settings, bridgeOf: typeof createBridge, preload: Preload): void {
  // As with nodeIntegrationInSubFrames off: frames get no preload.
  if (window.top !== window) return
  type Listener = (event: object, ...args: unknown[]) => void
  const up = (globalThis as unknown as Record<string, (text: string) => void>)[settings.binding] ?? (() => {})
  const exposed: Record<string, unknown> = {}
  const listeners = new Map<string, Set<Listener>>()
  const invocations = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const ports = new Map<number, MessagePort>()
  let next = 0

  function say(message: object): void {
    up(JSON.stringify(message))
  }
  function encode(value: unknown): unknown {
    if (value === undefined) return { $: 'undefined' }
    if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'number', text: String(value) }
    if (value instanceof ArrayBuffer) return encode(new Uint8Array(value))
    if (value instanceof Uint8Array) return { $: 'bytes', base64: (value as Uint8Array & { toBase64(): string }).toBase64() }
    if (Array.isArray(value)) return value.map(encode)
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, encode(inner)]))
    if (typeof value === 'function' || typeof value === 'symbol') throw new Error('An object could not be cloned.')
    return value
  }
  function decode(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(decode)
    if (typeof value !== 'object' || value === null) return value
    const tagged = value as { $?: string; base64?: string; text?: string }
    if (tagged.$ === 'undefined') return undefined
    if (tagged.$ === 'number') return Number(tagged.text)
    if (tagged.$ === 'bytes') return (Uint8Array as unknown as { fromBase64(text: string): Uint8Array }).fromBase64(tagged.base64 ?? '')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decode(inner)]))
  }
  /** Opens a channel: one end for the page, the other relayed to Node. */
  function openPort(id: number): MessagePort {
    const { port1, port2 } = new MessageChannel()
    port2.addEventListener('message', (event) => say({ kind: 'port', id, data: encode(event.data) }))
    port2.addEventListener('close', () => say({ kind: 'port-closed', id }))
    port2.start()
    ports.set(id, port2)
    return port1
  }
  type Down = {
    kind: string
    id: number
    channel: string
    args: unknown[]
    ports: number[]
    ok: boolean
    value: unknown
    message: string
    data: unknown
  }
  const receive = (message: Down): void => {
    if (message.kind === 'message') {
      const event = { sender: ipcRenderer, ports: message.ports.map(openPort) }
      for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args.map(decode))
    } else if (message.kind === 'answer') {
      const waiting = invocations.get(message.id)
      invocations.delete(message.id)
      if (message.ok) waiting?.resolve(decode(message.value))
      else waiting?.reject(new Error(message.message))
    } else if (message.kind === 'port') ports.get(message.id)?.postMessage(decode(message.data))
    else ports.get(message.id)?.close()
  }
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++next
        say({ kind: 'invoke', id, channel, args: args.map(encode) })
        invocations.set(id, { resolve, reject })
      }),
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
      return ipcRenderer
    },
  }
  Object.defineProperty(globalThis, settings.secret, { value: receive })
  bridgeOf(`${settings.secret}<`, `${settings.secret}>`).offer(exposed)
  const contextBridge = {
    exposeInMainWorld: (name: string, value: unknown) => {
      exposed[name] = value
    },
  }
  const requireOne = (name: string): unknown => {
    if (name !== 'electron') throw new Error(`A sandboxed preload cannot require ${name}`)
    return { contextBridge, ipcRenderer }
  }
  preload(requireOne, { exports: {} }, {}, { platform: settings.platform, sandboxed: true, contextIsolated: true, type: 'renderer' })
}
