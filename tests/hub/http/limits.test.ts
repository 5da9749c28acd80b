import { io, type Socket } from 'socket.io-client'
import { expect, onTestFinished, test } from 'vitest'
import { HUB_MESSAGE_LIMIT, HUB_PROTOCOL, HUB_SOCKET_PATH } from '#contract/hub-wire.ts'
import { ANN } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { INCIDENT_BODY, openApi } from '../api/open-api.ts'

async function open() {
  const api = await openApi(makeTempFolder('limits', 'quick'))
  onTestFinished(() => api.close())
  return api
}

async function openLine(base: string, token: string): Promise<Socket> {
  const socket = io(base, {
    path: HUB_SOCKET_PATH,
    transports: ['websocket'],
    reconnection: false,
    auth: { protocol: HUB_PROTOCOL, token, version: 'test' },
  })
  onTestFinished(() => void socket.disconnect())
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return socket
}

test('B7: a body that is too large is refused by its size, at the door and by the API, and the hub goes on', async () => {
  const api = await open()
  const { secret } = await api.token(ANN)
  const post = (path: string, length: number) =>
    fetch(`${api.base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ ...INCIDENT_BODY, known: 'x'.repeat(length) }),
    })
  const [door, small] = [await post('/auth/sign-in', 1024 * 1024), await post('/api/v1/incidents', 256 * 1024)]
  expect([door.status, small.status]).toEqual([413, 413])
  expect((await api.call('POST', '/incidents', secret, INCIDENT_BODY)).status).toBe(201)
  expect(api.faults).toEqual([])
})

test('B7: a message over a line that is too large ends that line and no other', async () => {
  const api = await open()
  const [one, other] = await Promise.all(
    [1, 2].map(async () => openLine(api.base, (await api.team.accounts.sessions.open(ANN, 'x')).secret)),
  )
  if (!one || !other) throw new Error('no lines')
  const ended = new Promise((resolve) => void one.once('disconnect', resolve))
  one.emit('ask', 'push', { ops: ['x'.repeat(HUB_MESSAGE_LIMIT)] }, () => undefined)
  await ended
  const answer = await other.timeout(20_000).emitWithAck('ask', 'pull', { scope: 'team', afterSeq: 0, limit: 10 })
  expect(answer).toMatchObject({ t: 'ok' })
  expect(api.faults).toEqual([])
})
