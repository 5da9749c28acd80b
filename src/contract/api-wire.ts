import { holdsStorableText, UNSTORABLE } from '#domain/log/storable-text.ts'
import { z } from 'zod'
import { api, type ApiClient, type ApiHandlers, type CallName, type Topic } from './api.ts'
import type { Channel } from './channel.ts'
import { fail, type Result } from './failures.ts'
import { handlerOf } from './procedure.ts'

/** Version of the messages below; a renderer of another version reloads. */
export const WIRE_VERSION = 1

const CallMessage = z.strictObject({ t: z.literal('call'), id: z.int().min(0), name: z.string().max(60), input: z.unknown() })
const ServerMessage = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('hello'), version: z.int() }),
  z.strictObject({ t: z.literal('result'), id: z.int().min(0), result: z.unknown() }),
  z.strictObject({ t: z.literal('changed'), topics: z.array(z.string()) }),
])

function isCallName(name: string): name is CallName {
  return Object.hasOwn(api, name)
}

/**
 * Runs one call from outside: parses its input against the contract, then calls the handler.
 * @param onFault called with any unexpected error; the caller only gets `internal`
 */
export async function answerCall(
  handlers: ApiHandlers,
  name: string,
  input: unknown,
  onFault: (error: unknown) => void,
): Promise<Result<unknown>> {
  if (!isCallName(name)) return fail('unknown-call', { name: name.slice(0, 60) })
  const parsed = api[name].input.safeParse(input)
  if (!parsed.success) return fail('bad-input', { call: name, detail: z.prettifyError(parsed.error).slice(0, 500) })
  if (!holdsStorableText(parsed.data)) return fail('bad-input', { call: name, detail: UNSTORABLE })
  try {
    return await handlerOf(handlers, name)(parsed.data)
  } catch (error) {
    onFault(error)
    return fail('internal', { call: name })
  }
}

/**
 * Serves the contract over a channel until the channel closes.
 * @returns `announce`, which sends changed topics to the client
 */
export function serveApi(
  channel: Channel,
  handlers: ApiHandlers,
  onFault: (error: unknown) => void,
): { announce(topics: readonly Topic[]): void } {
  let open = true
  channel.onClose(() => {
    open = false
  })
  channel.onMessage((message) => {
    const call = CallMessage.safeParse(message)
    if (!call.success) return onFault(new Error('A message that is not a call came over the channel'))
    const { id, name, input } = call.data
    void answerCall(handlers, name, input, onFault).then((result) => {
      if (open) channel.send({ t: 'result', id, result })
    })
  })
  channel.send({ t: 'hello', version: WIRE_VERSION })
  return {
    announce: (topics) => {
      if (open && topics.length > 0) channel.send({ t: 'changed', topics })
    },
  }
}

/**
 * The client end of {@link serveApi}. Calls in progress when the channel closes end as `disconnected`.
 * @param onWrongVersion called when the server uses another wire version
 */
export function connectApi(channel: Channel, onWrongVersion: (version: number) => void): ApiClient {
  let nextId = 0
  let connected = true
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  const watchers = new Set<(topics: readonly Topic[]) => void>()
  const connectionListeners = new Set<(connected: boolean) => void>()

  channel.onMessage((raw) => {
    const message = ServerMessage.safeParse(raw)
    if (!message.success) return
    const data = message.data
    if (data.t === 'hello') {
      if (data.version !== WIRE_VERSION) onWrongVersion(data.version)
    } else if (data.t === 'changed') {
      for (const watcher of watchers) watcher(data.topics as Topic[])
    } else {
      const settle = waiting.get(data.id)
      waiting.delete(data.id)
      settle?.(data.result as Result<unknown>)
    }
  })
  channel.onClose(() => {
    connected = false
    for (const settle of waiting.values()) settle(fail('disconnected'))
    waiting.clear()
    for (const listener of connectionListeners) listener(false)
  })

  return {
    call(name, input) {
      if (!connected) return Promise.resolve(fail('disconnected'))
      const id = nextId++
      return new Promise((resolve) => {
        // The contract's table maps each name to its output type.
        waiting.set(id, resolve as (result: Result<unknown>) => void)
        channel.send({ t: 'call', id, name, input })
      })
    },
    watch(onTopics) {
      watchers.add(onTopics)
      return () => watchers.delete(onTopics)
    },
    connection(onChange) {
      connectionListeners.add(onChange)
      onChange(connected)
      return () => connectionListeners.delete(onChange)
    },
  }
}
