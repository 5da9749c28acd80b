/**
 * What a packaged app may be started with besides its own options: how it is shown and which input method it uses, and what the
 * systems add by themselves. Everything else is refused: Chromium and Node know hundreds of switches that run other programs in
 * its processes, load foreign code, open a debugger or loosen a guard, and every version adds some.
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

/** Said by Chromium itself to be read under any spelling that a system allows, such as `/switch` on Windows; a second look at the worst. */
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

/** The switch that an argument names, or null where it is none. Windows takes a slash as well; elsewhere that begins a path. */
function switchOf(argument: string, platform: NodeJS.Platform): string | null {
  const prefix = platform === 'win32' ? /^(?:--?|\/)/u : /^--?/u
  const found = prefix.exec(argument)
  if (!found || argument.length === found[0].length) return null
  return argument.slice(found[0].length).split(/[=:]/u, 1)[0]?.toLowerCase() ?? null
}

/** What macOS hands to an app that is opened from the Finder. */
const PROCESS_SERIAL = /^psn_\d+_\d+$/u

/**
 * The first switch of a command line with which the packaged app does not start, or null. Fuses stop Node's own besides.
 * @param argv everything after the program
 * @param hasSwitch what Chromium has read of the same command line
 */
export function refusedSwitch(argv: readonly string[], platform: NodeJS.Platform, hasSwitch: (name: string) => boolean): string | null {
  for (const argument of argv) {
    const name = switchOf(argument, platform)
    if (name !== null && !ALLOWED.has(name) && !(platform === 'darwin' && PROCESS_SERIAL.test(name))) return name
  }
  return NEVER.find(hasSwitch) ?? null
}
