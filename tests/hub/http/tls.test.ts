import { X509Certificate } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { generate } from 'selfsigned'
import { expect, onTestFinished, test } from 'vitest'
import { readHubConfig, HubConfig } from '#hub/hub-config.ts'
import { ownCertificate } from '#hub/http/certificate.ts'
import { runHub } from '#hub/run-hub.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const DAY = 86_400_000

async function writeCertificate(folder: string, name: string, days: [number, number] = [-1, 60]): Promise<void> {
  const [notBeforeDate, notAfterDate] = days.map((day) => new Date(Date.now() + day * DAY)) as [Date, Date]
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate,
    notAfterDate,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
  })
  for (const [file, text] of [
    ['cert.pem', made.cert],
    ['key.pem', made.private],
  ] as const) {
    writeFileSync(join(folder, `${file}.new`), text)
    renameSync(join(folder, `${file}.new`), join(folder, file))
  }
}

async function serve(folder: string, address: string) {
  const logs: string[] = []
  const config = HubConfig.parse({
    data: join(folder, 'hub'),
    port: 0,
    host: '127.0.0.1',
    address: [address],
    'tls-cert': join(folder, 'cert.pem'),
    'tls-key': join(folder, 'key.pem'),
  })
  const ran = await runHub(config, {
    version: 'test',
    log: (_level, message) => void logs.push(message),
    now: Date.now,
    addressesAt: () => ['127.0.0.1'],
  })
  if (!ran.ok) throw new Error(ran.trouble.kind)
  onTestFinished(() => ran.running.close())
  const { port, app } = ran.running.server
  return {
    port,
    logs,
    reload: ran.running.reload,
    health: async () => (await app.inject({ url: '/healthz' })).json() as Record<string, unknown>,
  }
}

/** Opens a TLS connection as a device does. @returns the certificate shown and the cipher agreed on */
function shake(port: number, options: { ciphers?: string; maxVersion?: 'TLSv1.2' } = {}): Promise<{ shown: string; cipher: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options }, () => {
      const certificate = socket.getPeerX509Certificate()
      resolve({ shown: certificate?.subject ?? '', cipher: socket.getCipher().name })
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

test('a renewed certificate is served without a restart; files that do not fit leave the one from before', async () => {
  const folder = makeTempFolder('tls', 'quick')
  await writeCertificate(folder, 'one.example')
  const hub = await serve(folder, 'https://one.example')
  expect(await hub.health()).toEqual({ ok: true })
  expect((await shake(hub.port)).shown).toContain('one.example')
  writeFileSync(join(folder, 'key.pem'), 'half of a renewal')
  await hub.reload()
  expect((await shake(hub.port)).shown).toContain('one.example')
  expect(hub.logs).toContain('The certificate files cannot be used; the one from before is served on')
  await writeCertificate(folder, 'two.example')
  await hub.reload()
  expect((await shake(hub.port)).shown).toContain('two.example')
  // The renewed certificate is for another host than the invites name.
  expect(await hub.health()).toEqual({ ok: true, certificate: 'other-host' })
})

test.each([
  ['expired', [-60, -1]],
  ['not-yet-valid', [1, 60]],
  ['ends-soon', [-60, 5]],
] as [string, [number, number]][])('a certificate that is %s is said at the start and in the health', async (trouble, days) => {
  const folder = makeTempFolder('tls', 'quick')
  await writeCertificate(folder, 'war.example', days)
  const hub = await serve(folder, 'https://war.example')
  expect(await hub.health()).toEqual({ ok: true, certificate: trouble })
  expect(hub.logs.filter((line) => line.includes('certificate'))).toHaveLength(1)
})

test('TLS 1.2 is spoken with authenticated encryption alone (A7)', async () => {
  const folder = makeTempFolder('tls', 'quick')
  await writeCertificate(folder, 'war.example')
  const hub = await serve(folder, 'https://war.example')
  expect((await shake(hub.port, { maxVersion: 'TLSv1.2' })).cipher).toMatch(/GCM|CHACHA20/)
  await expect(shake(hub.port, { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-SHA:ECDHE-ECDSA-AES128-SHA256' })).rejects.toThrow()
})

test('a certificate that a hub makes itself ends with no clock: it is known by its fingerprint', async () => {
  const { cert } = await ownCertificate(makeTempFolder('tls', 'quick'))
  const { validFrom, validTo } = new X509Certificate(cert)
  expect([Date.parse(validFrom), new Date(validTo).getUTCFullYear()]).toEqual([Date.UTC(2020, 0, 1), 9999])
})

test.each([
  [{ address: 'http://war.example.com' }, 'address'],
  [{ address: 'http://127.0.0.1:7420' }, 'address'],
  [{ address: 'https://war.example.com,http://10.0.0.5', 'no-tls': true }, 'address'],
  [{ host: '0.0.0.0', 'no-tls': true }, 'host'],
])('a hub is not set up so that passwords cross a network in the clear: %j', async (flags, name) => {
  expect(await readHubConfig(flags, {}, '/data')).toMatchObject({ ok: false, trouble: { kind: 'value', name } })
})

test.each([
  { address: 'https://war.example.com' },
  { address: 'https://war.example.com', 'no-tls': true, host: '0.0.0.0', 'behind-proxy': true },
  { host: '0.0.0.0', 'no-tls': true, 'behind-proxy': true },
  { address: 'http://localhost:7420', 'no-tls': true },
  { 'no-tls': true },
])('a hub behind a proxy, or for this machine alone, is set up as before: %j', async (flags) => {
  expect(await readHubConfig(flags, {}, '/data')).toMatchObject({ ok: true })
})
