import { isAbsolute } from 'node:path'
import { asksForDemo, incidentOfSecondStart, parseLaunchArguments } from '../../../src/desktop/main/launch-arguments.ts'
import { refusedSwitch } from '../../../src/desktop/main/production-switches.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const ID = '0198c1a2-7e55-7c3a-9d2e-3f1b2a4c5d6e'

test('the folder and the incident are read, in either form, relative to the working folder', () => {
  expect(parseLaunchArguments(['out/main', '--data', 'room', '--incident', ID], '/home/wang')).toEqual({
    dataFolder: '/home/wang/room',
    incidentId: ID,
  })
  expect(parseLaunchArguments(['--data=/srv/定风波', `--incident=${ID}`], '/')).toEqual({ dataFolder: '/srv/定风波', incidentId: ID })
  expect(parseLaunchArguments([], '/')).toEqual({ dataFolder: null, incidentId: null })
})

test('reliability study 9, deep links: what is not exactly one of the two options is passed over', () => {
  const none = { dataFolder: null, incidentId: null }
  const hostile = [
    ['--data'],
    ['--data='],
    ['--data', '--incident'],
    ['--data', 'a\0b'],
    ['--data', 'a'.repeat(1001)],
    ['--DATA', '/x'],
    ['--data-x=/x'],
    ['-data', '/x'],
    ['--incident', '../../etc/passwd'],
    ['--incident', `${ID}"; rm -rf`],
    ['--incident', ` ${ID}`],
    ['--incident='],
    ['--inspect=0.0.0.0:9229'],
    ['stormroom://open?data=/x'],
    ['--renderer-cmd-prefix=sh'],
  ]
  for (const argv of hostile)
    expect([argv.join(' ').slice(0, 60), parseLaunchArguments(argv, '/')]).toEqual([argv.join(' ').slice(0, 60), none])
})

test('no command line makes the reading fail', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('--data', '--incident', '--data=', ID))), (argv) => {
      const { dataFolder, incidentId } = parseLaunchArguments(argv, '/home')
      expect(dataFolder === null || isAbsolute(dataFolder)).toBe(true)
      expect(incidentId === null || /^[\da-f-]{36}$/i.test(incidentId)).toBe(true)
    }),
    { seed: 9 },
  )
})

test('a second start can ask for an incident and nothing else', () => {
  expect(incidentOfSecondStart({ argv: ['x', '--incident', ID] })).toBe(ID)
  for (const forged of [
    null,
    undefined,
    1,
    'x',
    [],
    {},
    { argv: ID },
    { argv: [1] },
    { argv: Array.from({ length: 51 }, () => '--incident') },
    { argv: ['--incident', 'x'] },
  ]) {
    expect(incidentOfSecondStart(forged)).toBeNull()
  }
  fc.assert(
    fc.property(fc.anything(), (forged) => incidentOfSecondStart(forged) === null),
    { seed: 9 },
  )
})

describe('the packaged app', () => {
  const refused = (argv: string[], platform: NodeJS.Platform = 'linux') => refusedSwitch(argv, platform, () => false)

  test('does not start under a debugger, with foreign code, or with a guard loosened', () => {
    const asked = [
      '--remote-debugging-port=9222',
      '--remote-debugging-pipe',
      '--inspect',
      '--inspect-brk=0',
      '--inspect-wait',
      '--js-flags=--allow-natives-syntax',
      '--renderer-cmd-prefix=sh',
      '--utility-cmd-prefix=sh',
      '--gpu-launcher=sh',
      '--browser-subprocess-path=/tmp/x',
      '--disable-web-security',
      '--no-sandbox',
      '--ignore-certificate-errors',
      '--load-extension=/tmp/x',
      '--proxy-server=evil',
      '--host-resolver-rules=MAP * evil',
      '--user-data-dir=/tmp',
      '-inspect',
      '--NO-SANDBOX',
      '--require=/tmp/x.js',
      '-r',
      '--some-switch-of-next-year',
    ]
    for (const one of asked) expect([one, refused(['--data', 'room', one]) !== null]).toEqual([one, true])
    expect(refused(['/no-sandbox'], 'win32')).toBe('no-sandbox')
    // Chromium may have parsed a switch that our own parser missed.
    expect(refusedSwitch([], 'linux', (name) => name === 'renderer-cmd-prefix')).toBe('renderer-cmd-prefix')
  })

  test('starts with its own options, with how it is shown, and with what systems add', () => {
    expect(
      refused([
        '--data',
        '/srv/定风波',
        '--demo',
        `--incident=${ID}`,
        '--ozone-platform-hint=auto',
        '--force-device-scale-factor=1.5',
        '--lang=zh-CN',
        '--enable-wayland-ime',
        '/home/wang',
        '-',
        '--',
        'stormroom://x',
      ]),
    ).toBeNull()
    expect(refused(['-psn_0_12345'], 'darwin')).toBeNull()
    expect(refused(['--original-process-start-time=13', '/prefetch:1'], 'win32')).toBeNull()
  })
})

test('the demo is asked for by its own word alone', () => {
  expect(asksForDemo(['out/main', '--demo'])).toBe(true)
  expect(asksForDemo(['out/main', '--data', 'demo', '--demonstration', '--no-demo'])).toBe(false)
})
