/**
 * Switches that a packaged app accepts besides its own options: display, input method, and what operating systems add.
 * Everything else is refused: Chromium and Node have hundreds of switches that run other programs in the app's processes, load
 * foreign code, open a debugger or weaken a protection, and every version adds some.
 */
const ALLOWED = new Set([
  'data',
  'demo',
  'incident',
  'disable-gpu',
  'enable-wayland-ime',
  'force-color-profile',
  'force-dark-mode',
  'force-device-scale-factor',
  'force-high-contrast',
  'force-renderer-accessibility',
  'high-dpi-support',
  'lang',
  'no-first-run',
  'original-process-start-time',
  'ozone-platform',
  'ozone-platform-hint',
  'prefetch',
  'touch-events',
  'wayland-text-input-version',
])

/** The worst switches, checked again with Chromium's own parser, which accepts every spelling, such as `/switch` on Windows. */
const NEVER = [
  'allow-file-access-from-files',
  'browser-subprocess-path',
  'disable-features',
  'disable-site-isolation-trials',
  'disable-web-security',
  'gpu-launcher',
  'host-resolver-rules',
  'host-rules',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'inspect',
  'inspect-brk',
  'inspect-brk-node',
  'inspect-port',
  'inspect-publish-uid',
  'inspect-wait',
  'js-flags',
  'load-extension',
  'log-net-log',
  'no-sandbox',
  'no-zygote',
  'ppapi-plugin-launcher',
  'proxy-pac-url',
  'remote-allow-origins',
  'remote-debugging-address',
  'remote-debugging-pipe',
  'remote-debugging-port',
  'renderer-cmd-prefix',
  'single-process',
  'ssl-key-log-file',
  'unsafely-treat-insecure-origin-as-secure',
  'user-data-dir',
  'utility-cmd-prefix',
]

/** The switch that an argument names, or null. Windows accepts a slash as well; elsewhere that begins a path. */
function switchOf(argument: string, platform: NodeJS.Platform): string | null {
  const prefix = platform === 'win32' ? /^(?:--?|\/)/u : /^--?/u
  const found = prefix.exec(argument)
  if (!found || argument.length === found[0].length) return null
  return argument.slice(found[0].length).split(/[=:]/u, 1)[0]?.toLowerCase() ?? null
}

/** What macOS passes to an app that is opened from the Finder. */
const PROCESS_SERIAL = /^psn_\d+_\d+$/u

/**
 * The first refused switch of a command line, or null. Fuses disable Node's own switches in addition.
 * @param argv everything after the program
 * @param hasSwitch whether Chromium found a switch in the same command line
 */
export function refusedSwitch(argv: readonly string[], platform: NodeJS.Platform, hasSwitch: (name: string) => boolean): string | null {
  for (const argument of argv) {
    const name = switchOf(argument, platform)
    if (name !== null && !ALLOWED.has(name) && !(platform === 'darwin' && PROCESS_SERIAL.test(name))) return name
  }
  return NEVER.find(hasSwitch) ?? null
}
