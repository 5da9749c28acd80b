import { io, type Socket } from 'socket.io-client'
import { expect, onTestFinished, test } from 'vitest'
import { HUB_PROTOCOL, HUB_SOCKET_PATH, OLDEST_PROTOCOL } from '#contract/hub-wire.ts'
import { UNSTORABLE } from '#domain/log/storable-text.ts'
import { completePosition } from '#domain/members/member.ts'
import { openApi } from '../api/open-api.ts'
import { BEN } from '#tests/support/log-texts.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

/** The payload of the next event of that name. */
const next = (socket: Socket, event: string) => new Promise<unknown>((resolve) => void socket.once(event, resolve))

const [PASSWORD, NEW_PASSWORD] = ['一只猫走过屋顶 42', 'ein-neues-passwort']

async function open() {
  const api = await openApi(makeTempFolder('door', 'quick'))
  onTestFinished(() => api.close())
  const line = async (token: string, headers: Record<string, string> = {}, protocol = HUB_PROTOCOL): Promise<Socket> => {
    const socket = io(api.base, {
      path: HUB_SOCKET_PATH,
      transports: ['websocket'],
      reconnection: false,
      auth: { protocol, token, version: 'test' },
      extraHeaders: headers,
    })
    onTestFinished(() => void socket.disconnect())
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    return socket
  }
  const door = async (path: string, body: object) =>
    (await (
      await fetch(`${api.base}/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json()) as { ok: boolean; value?: { token: string }; failure?: { code: string } }
  /** The secret of a password reset for 本. */
  const reset = async () => (await api.team.accounts.invites.makeReset(BEN, completePosition({ role: 'pr' }), BEN)).secret
  const signIn = (password: string) => door('sign-in', { login: 'ben', password, device: '本的电脑' })
  return { ...api, line, door, reset, signIn }
}

test('A6: a new password ends every line that was signed in by the old one, at once, and the old secret opens none', async () => {
  const { line, door, reset } = await open()
  const first = await door('join', { secret: await reset(), name: '本', login: 'ben', password: PASSWORD, device: '本的电脑' })
  const socket = await line(first.value?.token ?? '')
  // Presence notices may come first.
  const told = new Promise((resolve) => void socket.on('notice', (notice: { t: string }) => notice.t === 'refused' && resolve(notice)))
  const gone = next(socket, 'disconnect')
  const second = await door('join', { secret: await reset(), name: '本', login: 'ben', password: NEW_PASSWORD, device: '本的新电脑' })
  expect(second.ok).toBe(true)
  expect(await told).toEqual({ t: 'refused', reason: 'session-revoked' })
  await gone
  await expect(line(first.value?.token ?? '')).rejects.toThrow('session-revoked')
  expect((await line(second.value?.token ?? '')).connected).toBe(true)
})

test('A6: a session that another hub over the same database took back loses its line when this one looks', async () => {
  const { line, door, reset, team } = await open()
  const { value } = await door('join', { secret: await reset(), name: '本', login: 'ben', password: PASSWORD, device: '本的电脑' })
  const socket = await line(value?.token ?? '')
  const gone = next(socket, 'disconnect')
  await team.accounts.sessions.revoke({ memberId: BEN })
  team.pollExternalWrites()
  await gone
  await expect(line(value?.token ?? '')).rejects.toThrow('session-revoked')
})

test('A7: a page in a browser, of whatever origin, gets no line, whatever secret it knows', async () => {
  const { line, door, reset, base } = await open()
  const { value } = await door('join', { secret: await reset(), name: '本', login: 'ben', password: PASSWORD, device: '本的电脑' })
  for (const origin of ['null', 'https://evil.example', base, `${base}.evil.example`, 'file://', 'http://localhost'])
    await expect(line(value?.token ?? '', { origin }), origin).rejects.toThrow()
  expect((await line(value?.token ?? '')).connected).toBe(true)
})

test('A8: wrong passwords that come all at once get no more tries than one after the other, and the right one then waits as well', async () => {
  const { door, reset, signIn } = await open()
  await door('join', { secret: await reset(), name: '本', login: 'ben', password: PASSWORD, device: '本的电脑' })
  const codes = (await Promise.all(Array.from({ length: 16 }, (_, n) => signIn(`falsch-${n}`)))).map(({ failure }) => failure?.code)
  expect(codes.filter((code) => code === 'sign-in-failed')).toHaveLength(5)
  expect(codes.filter((code) => code === 'locked-out')).toHaveLength(11)
  expect(await signIn(PASSWORD)).toMatchObject({ ok: false, failure: { code: 'locked-out' } })
})

test('A8: right passwords at the same moment are all let in, and leave nothing behind that would lock anybody out', async () => {
  const { door, reset, signIn } = await open()
  await door('join', { secret: await reset(), name: '本', login: 'ben', password: PASSWORD, device: '本的电脑' })
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(Array.from({ length: 4 }, () => signIn(PASSWORD)))
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true])
  }
})

test('P13: an app of another version of the protocol is told which of the two is too old, and gets no line', async () => {
  const { line, door, reset } = await open()
  const { value } = await door('join', { secret: await reset(), name: '本', login: 'ben', password: PASSWORD, device: '本的电脑' })
  await expect(line(value?.token ?? '', {}, HUB_PROTOCOL + 1)).rejects.toThrow('protocol-newer')
  await expect(line(value?.token ?? '', {}, OLDEST_PROTOCOL - 1)).rejects.toThrow('protocol-older')
  expect((await line(value?.token ?? '')).connected).toBe(true)
})

test.each(['林\u0000', '林\ud800'])(
  'a text that not every database keeps is refused at the door with the reason, and the invite stays open: %j',
  async (name) => {
    const { door, reset } = await open()
    const secret = await reset()
    const body = { secret, name: '本', login: 'ben', password: PASSWORD, device: '本的电脑' }
    for (const field of ['name', 'login', 'device']) {
      const refused = await door('join', { ...body, [field]: name })
      expect([field, refused]).toMatchObject([field, { ok: false, failure: { code: 'bad-input', params: { detail: UNSTORABLE } } }])
    }
    expect(await door('sign-in', { login: name, password: PASSWORD, device: 'x' })).toMatchObject({
      ok: false,
      failure: { code: 'bad-input' },
    })
    expect((await door('join', body)).ok).toBe(true)
  },
)
