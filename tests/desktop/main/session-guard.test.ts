import { EventEmitter } from 'node:events'
import type { Session } from 'electron'
import { guardSession } from '../../../src/desktop/main/session-guard.ts'
import { expect, test } from 'vitest'

type Handlers = {
  request: (contents: object, permission: string, answer: (granted: boolean) => void, details: object) => void
  check: (contents: object | null, permission: string, origin: string, details: object) => boolean
  device: (details: object) => boolean
  bluetooth: (details: object, answer: (response: object) => void) => void
  display: (request: object, answer: (streams: object) => void) => void
}

function guarded() {
  const handlers: Partial<Handlers> = {}
  const events = new EventEmitter()
  const spelling: boolean[] = []
  const session = Object.assign(events, {
    setPermissionRequestHandler: (handler: Handlers['request']) => void (handlers.request = handler),
    setPermissionCheckHandler: (handler: Handlers['check']) => void (handlers.check = handler),
    setDevicePermissionHandler: (handler: Handlers['device']) => void (handlers.device = handler),
    setBluetoothPairingHandler: (handler: Handlers['bluetooth']) => void (handlers.bluetooth = handler),
    setDisplayMediaRequestHandler: (handler: Handlers['display']) => void (handlers.display = handler),
    setSpellCheckerEnabled: (enabled: boolean) => void spelling.push(enabled),
  })
  guardSession(session as unknown as Session)
  return { handlers: handlers as Handlers, events, spelling }
}

/** All names of permission requests and checks in Electron's type declarations. */
const REFUSED = [
  'clipboard-read',
  'display-capture',
  'geolocation',
  'idle-detection',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'pointerLock',
  'keyboardLock',
  'openExternal',
  'speaker-selection',
  'storage-access',
  'top-level-storage-access',
  'window-management',
  'unknown',
  'fileSystem',
  'hid',
  'serial',
  'usb',
  'deprecated-sync-clipboard-read',
  'a-permission-of-the-future',
]

test('reliability study 9.5: every other permission is refused, on request and on check', () => {
  const { handlers } = guarded()
  for (const permission of REFUSED) {
    const answers: boolean[] = []
    handlers.request({}, permission, (granted) => void answers.push(granted), { requestingUrl: 'app://stormroom/', isMainFrame: true })
    expect([permission, answers, handlers.check({}, permission, 'app://stormroom', { isMainFrame: true })]).toEqual([
      permission,
      [false],
      false,
    ])
  }
  expect(handlers.device({ deviceType: 'usb', origin: 'app://stormroom' })).toBe(false)
})

test.each(['clipboard-sanitized-write', 'fullscreen'])('copying text and full screen are granted to the page alone: %s', (permission) => {
  const { handlers } = guarded()
  const check = (origin: string, isMainFrame: boolean) => handlers.check({}, permission, origin, { isMainFrame })
  expect([check('app://stormroom', true), check('app://stormroom/', true)]).toEqual([true, true])
  expect([
    check('app://stormroom', false),
    check('app://stormroom.evil', true),
    check('https://example.com', true),
    check('', true),
  ]).toEqual([false, false, false, false])
})

test('no pairing, no screen sharing, no dictionary from a server', () => {
  const { handlers, spelling } = guarded()
  const answers: object[] = []
  handlers.bluetooth({}, (response) => void answers.push(response))
  handlers.display({}, (streams) => void answers.push(streams))
  expect(answers).toEqual([{ confirmed: false }, {}])
  expect(spelling).toEqual([false])
})

test('only what the page itself made can be downloaded', () => {
  const { events } = guarded()
  const isPrevented = (url: string) => {
    let prevented = false
    events.emit('will-download', { preventDefault: () => (prevented = true) }, { getURL: () => url })
    return prevented
  }
  expect(isPrevented('blob:app://stormroom/0b0c')).toBe(false)
  for (const url of [
    'https://example.com/x.exe',
    'blob:https://example.com/1',
    'blob:app://stormroom.evil/1',
    'data:text/plain,x',
    'file:///etc/passwd',
    'app://stormroom/index.html',
  ]) {
    expect([url, isPrevented(url)]).toEqual([url, true])
  }
})
