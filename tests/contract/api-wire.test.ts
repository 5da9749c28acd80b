import fc from 'fast-check'
import { expect, test } from 'vitest'
import { api, type ApiClient, type ApiHandlers, type Topic } from '#contract/api.ts'
import { answerCall, connectApi, serveApi, WIRE_VERSION } from '#contract/api-wire.ts'
import { FailureCode } from '#contract/failures.ts'
import { CHUNK_BYTES } from '#contract/file-api.ts'
import { makeChannelPair } from '#tests/support/channel-pair.ts'
import { seeded } from '#tests/support/seeded.ts'
import { idOf } from '#tests/support/log-texts.ts'

/** Handlers with only the given calls; any other call throws. */
function handlersOf(some: Partial<Record<keyof ApiHandlers, (input: never) => unknown>>): ApiHandlers {
  const missing = (name: string) => () => {
    throw new Error(`no handler for ${name}`)
  }
  return { ...Object.fromEntries(Object.keys(api).map((name) => [name, missing(name)])), ...some } as unknown as ApiHandlers
}

function openWire(handlers: ApiHandlers) {
  const [server, client] = makeChannelPair()
  const faults: unknown[] = []
  const versions: number[] = []
  const calls = connectApi(client, (version) => void versions.push(version))
  const served = serveApi(server, handlers, (error) => void faults.push(error))
  return { server, client, calls, served, faults, versions }
}

/** Makes a call as a hostile or faulty page would, past the types. */
function callLoosely(calls: ApiClient, name: string, input: unknown) {
  const loose = calls.call as (name: string, input: unknown) => ReturnType<ApiClient['call']>
  return loose(name, input)
}

test('a call reaches its handler with parsed input, defaults filled in, and its result comes back', async () => {
  const seen: unknown[] = []
  const { calls, faults } = openWire(
    handlersOf({
      'search.query': (input) => {
        seen.push(input)
        return { ok: true, value: { hits: [], more: false } }
      },
    }),
  )
  expect(await calls.call('search.query', { text: '奶茶' })).toEqual({ ok: true, value: { hits: [], more: false } })
  expect(seen).toEqual([{ text: '奶茶', limit: 50 }])
  expect(faults).toEqual([])
})

test.for(['no.such.call', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'x'.repeat(60)])('%j is no call', async (name) => {
  const { calls } = openWire(handlersOf({}))
  expect(await callLoosely(calls, name, {})).toMatchObject({ ok: false, failure: { code: 'unknown-call' } })
})

test.for([
  ['a missing field', {}],
  ['a field too many', { text: 'a', colour: 'red' }],
  ['another type', { text: 5 }],
  ['nothing', undefined],
  ['an array', []],
  ['too long a text', { text: 'x'.repeat(201) }],
  ['a limit out of range', { text: 'x', limit: 10_000 }],
] as const)('bad input, %s, is refused before the handler', async ([, input]) => {
  const { calls, faults } = openWire(handlersOf({}))
  expect(await callLoosely(calls, 'search.query', input)).toMatchObject({
    ok: false,
    failure: { code: 'bad-input', params: { call: 'search.query' } },
  })
  expect(faults).toEqual([])
})

test('__proto__ keys in the input reach no handler and no prototype', async () => {
  const seen: unknown[] = []
  const handlers = handlersOf({
    'workspace.setPreferences': (input) => {
      seen.push(input)
      return { ok: true, value: input }
    },
  })
  const result = await answerCall(
    handlers,
    'workspace.setPreferences',
    JSON.parse('{"__proto__":{"polluted":1},"theme":"dark"}'),
    () => undefined,
  )
  expect({}).not.toHaveProperty('polluted')
  for (const input of seen) expect(input).not.toHaveProperty('polluted')
  expect(typeof result.ok).toBe('boolean')
})

test('a handler that throws is a fault: the caller learns only that, the log everything', async () => {
  const secret = new Error('/home/secret/path')
  const { calls, faults } = openWire(
    handlersOf({
      'incidents.list': () => {
        throw secret
      },
      'workspace.backups': () => Promise.reject(secret),
    }),
  )
  expect(await calls.call('incidents.list', {})).toEqual({ ok: false, failure: { code: 'internal', params: { call: 'incidents.list' } } })
  expect(await calls.call('workspace.backups', {})).toEqual({
    ok: false,
    failure: { code: 'internal', params: { call: 'workspace.backups' } },
  })
  expect(faults).toEqual([secret, secret])
})

test.for(['server', 'client'] as const)(
  'calls under way when the %s end closes end as disconnected, and so does every later one',
  async (end) => {
    const wire = openWire(handlersOf({ 'incidents.list': () => Promise.withResolvers().promise }))
    const states: boolean[] = []
    wire.calls.connection((connected) => void states.push(connected))
    const underWay = [wire.calls.call('incidents.list', {}), wire.calls.call('incidents.list', {})]
    await Promise.resolve()
    wire[end].close()
    const gone = { ok: false, failure: { code: 'disconnected', params: {} } }
    expect(await Promise.all(underWay)).toEqual([gone, gone])
    expect(await wire.calls.call('incidents.list', {})).toEqual(gone)
    expect(states).toEqual([true, false])
  },
)

test('a result that comes after the close goes nowhere and breaks nothing', async () => {
  const { promise, resolve: answer } = Promise.withResolvers<unknown>()
  const wire = openWire(handlersOf({ 'incidents.list': () => promise }))
  const call = wire.calls.call('incidents.list', {})
  await new Promise(setImmediate)
  wire.client.close()
  answer({ ok: true, value: [] })
  await new Promise(setImmediate)
  expect(await call).toMatchObject({ ok: false, failure: { code: 'disconnected' } })
  wire.served.announce(['*'])
  expect(wire.faults).toEqual([])
})

test('another version of the wire is noticed at once', async () => {
  const [server, client] = makeChannelPair()
  const versions: number[] = []
  connectApi(client, (version) => void versions.push(version))
  server.send({ t: 'hello', version: WIRE_VERSION })
  server.send({ t: 'hello', version: WIRE_VERSION + 1 })
  await new Promise(setImmediate)
  expect(versions).toEqual([WIRE_VERSION + 1])
})

test('10,000 calls under way at once, answered in any order: each caller gets its own answer', async () => {
  const waiting: { text: string; answer(result: unknown): void }[] = []
  const { calls } = openWire(
    handlersOf({ 'search.query': (input: { text: string }) => new Promise((answer) => void waiting.push({ text: input.text, answer })) }),
  )
  const asked = Array.from({ length: 10_000 }, (_, index) => calls.call('search.query', { text: `词${index}` }))
  await new Promise(setImmediate)
  expect(waiting).toHaveLength(10_000)
  for (const { text, answer } of waiting.toSorted((a, b) => (a.text < b.text ? 1 : -1))) answer({ ok: true, value: text })
  const answers = await Promise.all(asked)
  expect(answers.map((result) => result.ok && result.value)).toEqual(Array.from({ length: 10_000 }, (_, index) => `词${index}`))
})

test('bytes pass as they are, both ways, up to one piece', async () => {
  const piece = new Uint8Array(CHUNK_BYTES).map((_, index) => index * 7)
  const { calls } = openWire(
    handlersOf({
      'files.write': (input: { bytes: Uint8Array }) => ({
        ok: true,
        value: { received: input.bytes.reduce((sum, byte) => sum + byte, 0) },
      }),
      'exports.read': () => ({ ok: true, value: { bytes: piece, size: piece.length } }),
    }),
  )
  expect(await calls.call('files.write', { uploadId: idOf(1), offset: 0, bytes: piece })).toMatchObject({
    ok: true,
    value: { received: piece.reduce((sum, byte) => sum + byte, 0) },
  })
  expect(await calls.call('exports.read', { exportId: idOf(1), offset: 0 })).toEqual({
    ok: true,
    value: { bytes: piece, size: piece.length },
  })
  expect(await calls.call('files.write', { uploadId: idOf(1), offset: 0, bytes: new Uint8Array(CHUNK_BYTES + 1) })).toMatchObject({
    failure: { code: 'bad-input' },
  })
})

test('what changed is told to every watcher until it stops, and never as an empty list', async () => {
  const { calls, served } = openWire(handlersOf({}))
  const first: (readonly Topic[])[] = []
  const second: (readonly Topic[])[] = []
  const stop = calls.watch((topics) => void first.push(topics))
  calls.watch((topics) => void second.push(topics))
  served.announce(['incidents'])
  served.announce([])
  await new Promise(setImmediate)
  stop()
  served.announce(['*'])
  await new Promise(setImmediate)
  expect(first).toEqual([['incidents']])
  expect(second).toEqual([['incidents'], ['*']])
})

test('property: no message that comes over the channel throws at either end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.jsonValue(),
        fc.record({
          t: fc.constantFrom('call', 'result', 'changed', 'hello'),
          id: fc.anything(),
          name: fc.anything(),
          input: fc.jsonValue(),
        }),
      ),
      async (message) => {
        const { server, client, calls, served } = openWire(handlersOf({}))
        const listener: unknown[] = []
        calls.watch((topics) => void listener.push(topics))
        // Sent past serve and connect, so that both receive the message unchecked.
        const sendable = JSON.parse(JSON.stringify(message ?? null)) as unknown
        client.send(sendable)
        server.send(sendable)
        await new Promise(setImmediate)
        served.announce(['workspace'])
        await new Promise(setImmediate)
        expect(listener.at(-1)).toEqual(['workspace'])
      },
    ),
    seeded(300),
  )
})

test('every call of the contract refuses input that is no object, and nothing but a listed failure comes of it', async () => {
  for (const name of Object.keys(api)) {
    for (const input of [null, 5, 'text', [1]]) {
      const result = await answerCall(handlersOf({}), name, input, () => undefined)
      expect(result.ok ? 'ok' : FailureCode.parse(result.failure.code)).toBe('bad-input')
    }
  }
})
