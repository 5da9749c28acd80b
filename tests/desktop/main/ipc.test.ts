import type { IpcMainInvokeEvent, WebContents } from 'electron'
import { desktopCalls, type DesktopCallName } from '#contract/desktop-ipc.ts'
import { answerDesktopCalls, type DesktopHandlers } from '../../../src/desktop/main/ipc.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>

const OURS = { name: 'ours' } as unknown as WebContents
const NAMES = Object.keys(desktopCalls) as DesktopCallName[]

const GOOD: Record<DesktopCallName, unknown> = {
  connect: {},
  notify: { title: '一级事件', body: '首次响应还剩 5 分钟', place: '/incidents/0198c1a2-7e55-7c3a-9d2e-3f1b2a4c5d6e/bulletins?bulletin=x' },
  setLanguage: { language: 'en' },
  setTheme: { theme: 'dark' },
  setNextClock: { text: null },
  openLink: { url: 'https://example.com' },
}

function answering() {
  const handlers = new Map<string, Handler>()
  const done: string[] = []
  const refused: string[] = []
  const handlerOf = (name: DesktopCallName) => () => done.push(name) > 0
  answerDesktopCalls(
    {
      ipcMain: { handle: (channel, handler) => void handlers.set(channel, handler as Handler) },
      isOurs: (contents) => contents === OURS,
      onRefused: (channel, why) => void refused.push(`${channel} ${why}`),
    },
    Object.fromEntries(NAMES.map((name) => [name, handlerOf(name)])) as unknown as DesktopHandlers,
  )
  const call = (name: DesktopCallName, event: object, ...args: unknown[]) =>
    handlers.get(`stormroom:${name}`)?.(event as IpcMainInvokeEvent, ...args)
  return { handlers, call, done, refused }
}

const FROM_PAGE = { sender: OURS, senderFrame: { origin: 'app://stormroom', parent: null } }

test('each call of the list has one handler and no other channel exists', async () => {
  const { handlers, call, done } = answering()
  expect([...handlers.keys()].toSorted()).toEqual(NAMES.map((name) => `stormroom:${name}`).toSorted())
  for (const name of NAMES) expect(await call(name, FROM_PAGE, GOOD[name])).toBe(true)
  expect(done).toEqual(NAMES)
})

test('reliability study 9.17: a call from another origin, a frame in the page, a gone frame or a foreign window is refused', async () => {
  const foreignOrigins = [
    'null',
    '',
    'app://',
    'app://stormroom.evil',
    'app://evil',
    'https://stormroom',
    'http://127.0.0.1',
    'file://',
    'devtools://devtools',
    'APP://STORMROOM',
    'app://stormroom/',
    'app://stormroom:1',
  ]
  const events = [
    ...foreignOrigins.map((origin) => ({ sender: OURS, senderFrame: { origin, parent: null } })),
    { sender: OURS, senderFrame: { origin: 'app://stormroom', parent: { origin: 'app://stormroom' } } },
    { sender: OURS, senderFrame: null },
    { sender: { name: 'foreign' }, senderFrame: { origin: 'app://stormroom', parent: null } },
  ]
  const { call, done, refused } = answering()
  for (const name of NAMES) for (const event of events) await expect(call(name, event, GOOD[name])).rejects.toThrow(/^refused$/)
  expect(done).toEqual([])
  expect(refused).toHaveLength(NAMES.length * events.length)
})

test.each(NAMES)('reliability study 9.17: 1,000 bad payloads to %s are refused', async (name) => {
  const { call, done } = answering()
  const bad = fc
    .anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true })
    .filter((payload) => !desktopCalls[name].safeParse(payload).success)
  await fc.assert(
    fc.asyncProperty(bad, async (payload) => {
      await expect(call(name, FROM_PAGE, payload)).rejects.toThrow(/^refused$/)
    }),
    { numRuns: 1000, seed: 917 },
  )
  const good = GOOD[name] as object
  const nearlyGood = [{ ...good, extra: 1 }, [good], JSON.stringify(good), null, undefined]
  for (const payload of nearlyGood) await expect(call(name, FROM_PAGE, payload)).rejects.toThrow(/^refused$/)
  await expect(call(name, FROM_PAGE)).rejects.toThrow(/^refused$/)
  await expect(call(name, FROM_PAGE, good, good)).rejects.toThrow(/^refused$/)
  expect(done).toEqual([])
})

test('a notice opens a place of the app and nothing else', async () => {
  const { call } = answering()
  const notify = (place: string | null) => call('notify', FROM_PAGE, { title: '一级事件', body: '', place })
  for (const place of [
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/incidents#/x',
    '',
    'incidents',
  ])
    await expect(notify(place), place).rejects.toThrow(/^refused$/)
  for (const place of ['/wording/0198c1a2-7e55-7c3a-9d2e-3f1b2a4c5d6e', '/incidents/x?side=tasks&task=y', null])
    expect(await notify(place)).toBe(true)
})
