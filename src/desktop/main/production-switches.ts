/** Chromium and Node switches that let another program look into a running app or steer it. */
const DEBUGGING_SWITCHES = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-allow-origins', 'inspect', 'inspect-brk', 'inspect-port', 'js-flags']

/** Whether a command line asks for a debugger. The packaged app then refuses to start; fuses stop Node's own switches besides. */
export function asksToBeDebugged(hasSwitch: (name: string) => boolean): boolean {
  return DEBUGGING_SWITCHES.some(hasSwitch)
}
