import { createServer as createPlainServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { expect, onTestFinished, test } from 'vitest'
import { fingerprintOf } from '#hub/http/certificate.ts'
import { socketWire, type HubAddress } from '#replica/link/socket-wire.ts'
import { postToHub, pinAddress } from '#workspace/team/post-to-hub.ts'
import { z } from 'zod'

const DAY = 86_400_000
const TOKEN = 'a-session-that-nobody-may-read'

async function certificate(name: string, days: [number, number] = [-1, 30]) {
  const [notBeforeDate, notAfterDate] = days.map((day) => new Date(Date.now() + day * DAY)) as [Date, Date]
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate,
    notAfterDate,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
  })
  return { cert: made.cert, key: made.private }
}

/** A server that answers every upgrade and request with a plain status, and records the addresses requested. */
async function answering(server: Server, status = 403): Promise<{ port: number; heard: string[] }> {
  const heard: string[] = []
  const answer = (request: { url?: string | undefined }) => heard.push(request.url ?? '')
  server.on('request', (request, response) => {
    answer(request)
    response.writeHead(status).end('no')
  })
  server.on('upgrade', (request, socket) => {
    answer(request)
    socket.end(`HTTP/1.1 ${status} No\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, heard }
}

/** The reason that a device reports for a hub that it cannot reach. */
async function troubleAt(address: HubAddress): Promise<string | null> {
  const wire = socketWire(address, TOKEN, 'test')
  onTestFinished(() => wire.close())
  await expect(wire.ask('hello', {})).rejects.toThrow()
  return wire.trouble?.() ?? null
}

test('another certificate than that of the invite is named as that, whatever is wrong with it', async () => {
  const [known, other] = [await certificate('localhost'), await certificate('localhost')]
  const { port, heard } = await answering(createTlsServer(other))
  const url = `https://localhost:${port}`
  expect(await troubleAt({ url, pinned: { pem: known.cert, fingerprint: fingerprintOf(known.cert) } })).toBe('certificate-differs')
  expect(await troubleAt({ url, pinned: null })).toBe('certificate-unknown')
  expect(heard).toEqual([])
})

test('a known certificate that has ended, or is not valid yet, is named as ended', async () => {
  for (const days of [
    [-30, -2],
    [2, 30],
  ] as [number, number][]) {
    const ended = await certificate('localhost', days)
    const { port } = await answering(createTlsServer(ended))
    expect(await troubleAt({ url: `https://localhost:${port}`, pinned: { pem: ended.cert, fingerprint: fingerprintOf(ended.cert) } })).toBe(
      'certificate-ended',
    )
  }
})

test('what lets no WebSocket through is named; a proxy whose hub is away is not', async () => {
  const refusing = await answering(createPlainServer(), 403)
  expect(await troubleAt({ url: `http://127.0.0.1:${refusing.port}`, pinned: null })).toBe('upgrade-refused')
  const away = await answering(createPlainServer(), 502)
  expect(await troubleAt({ url: `http://127.0.0.1:${away.port}`, pinned: null })).toBeNull()
})

test('with a fingerprint nothing is said in the clear, and without one only to this machine (A7)', async () => {
  const plain = await answering(createPlainServer(), 200)
  const { cert } = await certificate('localhost')
  const pinned = { pem: cert, fingerprint: fingerprintOf(cert) }
  for (const address of [
    { url: `http://127.0.0.1:${plain.port}`, pinned },
    { url: `http://vm.example:${plain.port}`, pinned: null },
  ]) {
    expect(await postToHub(address, '/auth/sign-in', { password: 'geheim' }, z.unknown())).toMatchObject({
      ok: false,
      failure: { code: 'hub-not-secure', params: { address: address.url } },
    })
    expect(await pinAddress(address.url, address.pinned?.fingerprint ?? null)).toMatchObject({
      ok: false,
      failure: { code: 'hub-not-secure' },
    })
    expect(await troubleAt(address)).toBe('address-unsafe')
  }
  expect(plain.heard).toEqual([])
})
