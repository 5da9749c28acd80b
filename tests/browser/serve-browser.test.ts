import { networkInterfaces } from 'node:os'
import type { Channel } from '#contract/channel.ts'
import { connectApi } from '#contract/api-wire.ts'
import type { Topic } from '#contract/api.ts'
import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ASSET, enter, openSocket, openTestShell, request, sendRaw, type TestShell } from './visit.ts'

let shell: TestShell
let cookie: string
let key: string
let own: string

beforeAll(async () => {
  shell = await openTestShell()
  ;({ cookie, key } = await enter(shell))
  own = `http://127.0.0.1:${shell.port}`
})
afterAll(() => shell.close())

/** The page's end of a socket, as in the renderer. */
function pageChannel(socket: Socket): Channel {
  return {
    send: (message) => {
      socket.emit('m', message)
    },
    onMessage: (listener) => {
      socket.on('m', listener)
    },
    onClose: (listener) => {
      socket.on('disconnect', () => listener())
    },
    close: () => {
      socket.close()
    },
  }
}

async function connectPage() {
  const opened = await openSocket(shell.port, { Origin: own, Cookie: cookie }, { key })
  if ('refused' in opened) throw new Error(opened.refused)
  return { socket: opened.socket, client: connectApi(pageChannel(opened.socket), () => {}) }
}

describe('the one-time token', () => {
  test('opens once: cookie, redirect, and then a page in both languages that says what to do', async () => {
    const fresh = await openTestShell()
    try {
      const { pathname, search, searchParams } = new URL(fresh.url)
      expect(Buffer.from(searchParams.get('token') ?? '', 'base64url').byteLength).toBeGreaterThanOrEqual(16)
      const first = await request(fresh.port, pathname + search)
      expect(first.status).toBe(303)
      expect(first.headers.get('location')).toMatch(/^\/#key=[\w-]{43}$/)
      expect(first.cookies).toHaveLength(1)
      expect(first.cookies[0]).toMatch(/^stormroom-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)

      const second = await request(fresh.port, pathname + search)
      expect(second.status).toBe(401)
      expect(second.cookies).toEqual([])
      expect(second.body).toContain('这个地址已经用过')
      expect(second.body).toContain('This address has been used')

      const session = (first.cookies[0] ?? '').split(';', 1)[0] ?? ''
      const page = await request(fresh.port, '/', { Cookie: session })
      expect(page.status).toBe(200)
      const again = await request(fresh.port, pathname + search, { Cookie: session })
      expect(again.status).toBe(303)
      expect(again.cookies).toEqual([])
    } finally {
      await fresh.close()
    }
  })

  test('a look at the address (HEAD) or a wrong token does not spend it', async () => {
    const fresh = await openTestShell()
    try {
      const { pathname, search } = new URL(fresh.url)
      expect((await request(fresh.port, pathname + search, {}, 'HEAD')).status).toBe(401)
      expect((await request(fresh.port, '/?token=')).status).toBe(401)
      expect((await request(fresh.port, `/?token=${'A'.repeat(43)}`)).status).toBe(401)
      expect((await request(fresh.port, pathname + search)).status).toBe(303)
    } finally {
      await fresh.close()
    }
  })

  test('cookies of earlier starts are taken back, so that a browser does not outgrow the header limit', async () => {
    const fresh = await openTestShell()
    try {
      const { pathname, search } = new URL(fresh.url)
      const old = Array.from({ length: 12 }, (_, index) => `stormroom-${20_000 + index}=x`)
      const answer = await request(fresh.port, pathname + search, { Cookie: [...old, 'other=1'].join('; ') })
      expect(answer.cookies.slice(1).map((line) => line.split('=')[0])).toEqual([
        'stormroom-20000',
        'stormroom-20001',
        'stormroom-20002',
        'stormroom-20003',
      ])
    } finally {
      await fresh.close()
    }
  })
})

describe('who may ask at all', () => {
  test('nothing without the session but a page that explains', async () => {
    for (const path of ['/', ASSET, '/plain.txt', '/nowhere']) {
      const answer = await request(shell.port, path)
      expect(answer.status, path).toBe(401)
      expect(answer.body, path).toContain('请用启动时打印的地址打开')
      expect(answer.body, path).not.toContain('page of the test')
    }
    const [name = '', value = ''] = cookie.split('=')
    for (const wrong of [
      `${name}=`,
      `${name}=${value.slice(0, -1)}`,
      `${name}=${value}x`,
      `x${name}=${value}`,
      value,
      `stormroom-1=${value}`,
    ]) {
      expect((await request(shell.port, '/', { Cookie: wrong })).status, wrong).toBe(401)
    }
  })

  test('a Host that is not ours is refused, with and without session (DNS rebinding)', async () => {
    const { port } = shell
    const hosts = [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `localhost.evil.example:${port}`,
      '127.0.0.1',
      'localhost',
      `127.0.0.1:${port + 1}`,
      `0.0.0.0:${port}`,
      `[::1]:${port}`,
      `127.1:${port}`,
      `2130706433:${port}`,
      `user@127.0.0.1:${port}`,
      `127.0.0.1:${port}.`,
      '',
    ]
    for (const host of hosts) {
      expect((await request(port, '/', { Host: host, Cookie: cookie })).status, host).toBe(421)
      expect((await request(port, new URL(shell.url).pathname, { Host: host })).status, host).toBe(421)
    }
    expect((await request(port, '/', { Host: `localhost:${port}`, Cookie: cookie })).status).toBe(200)
  })

  test('whatever is not a look is refused, from our own page or from another', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect((await request(shell.port, '/', { Cookie: cookie }, method)).status, method).toBe(403)
      expect((await request(shell.port, '/', { Cookie: cookie, Origin: 'http://evil.example' }, method)).status, method).toBe(403)
      expect((await request(shell.port, '/', { Cookie: cookie, Origin: own }, method)).status, method).toBe(405)
    }
  })

  test('a page on another port of this machine cannot embed us, though it is the same site to a browser', async () => {
    expect((await request(shell.port, ASSET, { Cookie: cookie, 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'no-cors' })).status).toBe(
      403,
    )
    expect((await request(shell.port, ASSET, { Cookie: cookie, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' })).status).toBe(
      403,
    )
    expect((await request(shell.port, ASSET, { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors' })).status).toBe(
      200,
    )
  })

  test('only the loopback interface answers', async () => {
    const others = Object.values(networkInterfaces()).flatMap((list) =>
      (list ?? []).filter((address) => !address.internal && address.family === 'IPv4').map((address) => address.address),
    )
    for (const address of ['127.0.0.2', '::1', ...others]) {
      await expect(sendRaw(shell.port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', address), address).rejects.toThrow(
        /ECONNREFUSED|EADDRNOTAVAIL|ENETUNREACH|EAFNOSUPPORT/,
      )
    }
  })
})

describe('what is served', () => {
  test('no path leads out of the renderer folder', async () => {
    const tricks = [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/%2e%2e%2fsecret.txt',
      '/%252e%252e/secret.txt',
      '/assets/../../secret.txt',
      '/assets/..%5c..%5csecret.txt',
      '/..\\secret.txt',
      '/%5c..%5csecret.txt',
      '/plain.txt%00',
      '/%00',
      '/assets%2fapp-Ab3dEf12.js',
      '//secret.txt',
      '/./../secret.txt',
      '/.hidden',
      '/%2ehidden',
      '/....//secret.txt',
      '/%c0%ae%c0%ae/secret.txt',
      '/%',
      `http://127.0.0.1:${shell.port}/../secret.txt`,
      '*',
    ]
    for (const path of tricks) {
      const answer = await request(shell.port, path, { Cookie: cookie })
      expect([400, 403, 404], path).toContain(answer.status)
      expect(answer.body, path).not.toContain('outside the renderer')
      expect(answer.body, path).not.toContain('hidden')
    }
    expect((await request(shell.port, '/', { Cookie: cookie })).status).toBe(200)
  })

  test('the page is never kept, hashed assets are kept for good, other files are not', async () => {
    const headers = { Cookie: cookie }
    expect((await request(shell.port, '/', headers)).headers.get('cache-control')).toBe('no-store')
    const asset = await request(shell.port, ASSET, headers)
    expect(asset.headers.get('cache-control')).toBe('max-age=31536000, immutable')
    expect(asset.headers.get('content-type')).toMatch(/javascript/)
    expect((await request(shell.port, '/plain.txt', headers)).headers.get('cache-control')).toBe('no-store')
    expect((await request(shell.port, '/nowhere', headers)).status).toBe(404)
  })

  test('every answer, refusals included, carries the content policy and its companions', async () => {
    const answers = [
      await request(shell.port, '/', { Cookie: cookie }),
      await request(shell.port, '/'),
      await request(shell.port, '/', { Host: 'evil.example' }),
      await request(shell.port, '/nowhere', { Cookie: cookie }),
    ]
    for (const { headers } of answers) {
      const policy = new Map(
        (headers.get('content-security-policy') ?? '')
          .split('; ')
          .map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1)]),
      )
      expect(policy.get('default-src')).toEqual(["'none'"])
      expect(policy.get('script-src')).toEqual(["'self'"])
      expect(policy.get('require-trusted-types-for')).toEqual(["'script'"])
      expect([...policy.values()].flat().filter((source) => source.startsWith("'unsafe-"))).toEqual([])
      expect(policy.get('connect-src')).toEqual(["'self'", `ws://127.0.0.1:${shell.port}`, `ws://localhost:${shell.port}`])
      for (const closed of ['object-src', 'base-uri', 'frame-ancestors', 'form-action'])
        expect(policy.get(closed), closed).toEqual(["'none'"])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.has('access-control-allow-origin')).toBe(false)
    }
  })
})

describe('the socket', () => {
  test('refuses every origin that is not exactly ours (A7)', async () => {
    const { port } = shell
    const origins = [
      'null',
      '',
      'http://evil.example',
      `http://evil.example:${port}`,
      `http://127.0.0.1:${port}.evil.example`,
      `http://127.0.0.1.evil.example:${port}`,
      `http://evil127.0.0.1:${port}`,
      `http://localhost.evil.example:${port}`,
      `http://notlocalhost:${port}`,
      'http://127.0.0.1',
      `http://127.0.0.1:${port + 1}`,
      `http://127.0.0.1:${port}0`,
      `https://127.0.0.1:${port}`,
      `ws://127.0.0.1:${port}`,
      `http://127.0.0.1:${port}/`,
      `http://127.0.0.1:${port}@evil.example`,
      `http://user@127.0.0.1:${port}`,
      `HTTP://127.0.0.1:${port}`,
      `http://[::1]:${port}`,
      `http://0.0.0.0:${port}`,
      `file://127.0.0.1:${port}`,
      `http://localhost:${port}`,
    ]
    expect(origins.length).toBeGreaterThanOrEqual(20)
    for (const origin of origins)
      expect(await openSocket(port, { Origin: origin, Cookie: cookie }, { key }), origin).toHaveProperty('refused')
    expect(await openSocket(port, { Cookie: cookie }, { key }), 'no origin at all').toHaveProperty('refused')
  })

  test('refuses a wrong Host, a missing or wrong session, and every transport but websocket', async () => {
    const { port } = shell
    expect(await openSocket(port, { Origin: own }, { key })).toHaveProperty('refused')
    expect(await openSocket(port, { Origin: own, Cookie: `${cookie}x` }, { key })).toHaveProperty('refused')
    expect(await openSocket(port, { Origin: 'http://evil.example', Host: 'evil.example', Cookie: cookie }, { key })).toHaveProperty(
      'refused',
    )
    const polling = await request(port, '/socket.io/?EIO=4&transport=polling', { Origin: own, Cookie: cookie })
    expect(polling.status).toBe(400)
    expect(polling.body).not.toContain('sid')
  })

  test('a cookie that another port of this machine was sent opens nothing by itself', async () => {
    for (const wrong of [{}, { key: '' }, { key: `${key}x` }, { key: key.slice(1) }])
      expect(await openSocket(shell.port, { Origin: own, Cookie: cookie }, wrong)).toEqual({ refused: 'no-session' })
    // A page that has lost its key gets the launch page, although its browser has a session.
    const launch = await request(shell.port, '/?launch', { Cookie: cookie })
    expect(launch.status).toBe(401)
    expect(launch.body).toContain('请用启动时打印的地址打开')
  })

  test('a page of another origin that opens the address is led in by a page of ours, so that the cookie counts', async () => {
    const fresh = await openTestShell()
    try {
      const { pathname, search } = new URL(fresh.url)
      const first = await request(fresh.port, pathname + search, { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' })
      expect(first.status).toBe(200)
      expect(first.cookies).toHaveLength(1)
      expect(first.body).toMatch(/http-equiv="refresh" content="0;url=\/#key=[\w-]{43}"/)
    } finally {
      await fresh.close()
    }
  })

  test('carries calls, bytes both ways and notices', async () => {
    const { socket, client } = await connectPage()
    const notices: Topic[] = []
    client.watch((topics) => notices.push(...topics))
    const made = await client.call('workspace.setUp', { name: '林舟', role: 'commander', language: 'zh-Hans' })
    expect(made).toMatchObject({ ok: true, value: { name: '林舟', role: 'commander' } })
    await expect.poll(() => notices).toContain('workspace')

    const content = new Uint8Array(100_000).map((_, index) => (index * 31) % 256)
    const begun = await client.call('files.begin', { name: 'bytes.bin', size: content.byteLength, mime: 'application/octet-stream' })
    if (!begun.ok) throw new Error(begun.failure.code)
    const { uploadId } = begun.value
    expect(await client.call('files.write', { uploadId, offset: 0, bytes: content })).toMatchObject({ ok: true })
    const kept = await client.call('evidence.keep', { uploadId })
    if (!kept.ok) throw new Error(kept.failure.code)
    const read = await client.call('evidence.read', { hash: kept.value.hash, offset: 0 })
    if (!read.ok) throw new Error(read.failure.code)
    expect(Buffer.compare(Buffer.from(read.value.bytes), Buffer.from(content))).toBe(0)
    socket.close()
  })

  test('answers what does not fit the contract with a failure, and stays up', async () => {
    const { socket, client } = await connectPage()
    expect(await client.call('workspace.setUp', { name: '', role: 'commander', language: 'en' })).toMatchObject({
      ok: false,
      failure: { code: 'bad-input' },
    })
    expect(await client.call('no.such.call' as 'workspace.status', {})).toMatchObject({ ok: false, failure: { code: 'unknown-call' } })
    expect(await client.call('__proto__' as 'workspace.status', {})).toMatchObject({ ok: false, failure: { code: 'unknown-call' } })
    for (const nonsense of [
      null,
      1,
      'x',
      [],
      { t: 'call' },
      { t: 'result', id: 0, result: 1 },
      { t: 'call', id: -1, name: 'workspace.status', input: {} },
      Buffer.from('bytes'),
      JSON.parse('{"__proto__":{"t":"call"}}') as unknown,
    ])
      socket.emit('m', nonsense)
    socket.emit('m')
    socket.emit('another-event', { t: 'call', id: 0, name: 'workspace.status', input: {} })
    expect(await client.call('workspace.status', {})).toMatchObject({ ok: true })
    socket.close()
  })

  test('drops a message beyond the limit without ending the server', async () => {
    const { socket, client } = await connectPage()
    const closed = new Promise((resolve) => {
      socket.on('disconnect', resolve)
    })
    const answer = client.call('files.write', {
      uploadId: '00000000-0000-4000-8000-000000000000',
      offset: 0,
      bytes: new Uint8Array(2 * 1024 * 1024),
    })
    await closed
    expect(await answer).toMatchObject({ ok: false, failure: { code: 'disconnected' } })
    const next = await connectPage()
    expect(await next.client.call('workspace.status', {})).toMatchObject({ ok: true })
    next.socket.close()
  })

  test('a shell that closes ends its sockets, and calls under way fail as disconnected', async () => {
    const fresh = await openTestShell()
    const session = await enter(fresh)
    const opened = await openSocket(fresh.port, { Origin: `http://127.0.0.1:${fresh.port}`, Cookie: session.cookie }, { key: session.key })
    if ('refused' in opened) throw new Error(opened.refused)
    const client = connectApi(pageChannel(opened.socket), () => {})
    const connected: boolean[] = []
    client.connection((now) => connected.push(now))
    await fresh.close()
    await expect.poll(() => connected).toEqual([true, false])
    expect(await client.call('workspace.status', {})).toMatchObject({ ok: false, failure: { code: 'disconnected' } })
    await expect(request(fresh.port, '/')).rejects.toThrow('ECONNREFUSED')
  })
})

test('a page is shown the room it asks for; one that asks for a room that there is not is sent away', async () => {
  const unknown = await openSocket(shell.port, { Origin: own, Cookie: cookie }, { key, demo: 'fr' })
  if ('refused' in unknown) throw new Error(unknown.refused)
  await new Promise<void>((settle) => {
    unknown.socket.on('disconnect', () => settle())
    if (unknown.socket.disconnected) settle()
  })
  expect(shell.warnings).toContain('Refused a socket: it asks for a room that there is not')

  // This test's shell has no demo: the page's failure shows that it was not given the real data instead.
  const asking = await openSocket(shell.port, { Origin: own, Cookie: cookie }, { key, demo: 'en' })
  if ('refused' in asking) throw new Error(asking.refused)
  const client = connectApi(pageChannel(asking.socket), () => {})
  expect(await client.call('workspace.status', {})).toMatchObject({ ok: false, failure: { code: 'internal' } })
  asking.socket.close()
})
