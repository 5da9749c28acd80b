import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface, type Interface } from 'node:readline'

const REPOSITORY = resolve(import.meta.dirname, '../..')
const NODE = join(REPOSITORY, 'node_modules/.bin/node')

/** The built app, serving the browser edition on a data folder. */
export type Server = {
  /** The address to open, with its one-time launch token. */
  url: string
  /** Stops it as Ctrl-C does. @returns its exit code */
  stop(): Promise<number | null>
  /** Kills its process without a clean shutdown, as a power cut does. */
  kill(): Promise<void>
}

const argsFor = (dataFolder: string) => ['start', '--browser', '--no-open', '--json', '--port', '0', '--data', dataFolder]

const urlIn = (line: string) => (JSON.parse(line) as { url: string }).url

/** Starts the app in its own process, as a user does. */
export async function startServer(dataFolder: string): Promise<Server> {
  const child = spawn(NODE, [join(REPOSITORY, 'out/main/start-command-line.js'), ...argsFor(dataFolder)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = gather(child)
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line') as Promise<[string]>, once(child, 'exit').then(() => null)])
  if (first === null) throw new Error(`The server did not start: ${said()}`)
  return {
    url: urlIn(first[0]),
    async stop() {
      await end(child, 'SIGTERM')
      return child.exitCode
    },
    kill: () => end(child, 'SIGKILL'),
  }
}

type Host = { child: ChildProcess; lines: Interface; said: () => string }

/** Idle hosts. A host serves one test at a time, so killing one affects no other test. */
const idle: Host[] = []

/**
 * Starts the app on an empty data folder in a host (server-host.ts) that has its code loaded, for tests of what happens after
 * the start. For a restart, or the output of the command line itself, use {@link startServer}.
 */
export async function startHosted(dataFolder: string): Promise<Server> {
  const host = idle.pop() ?? startHost()
  const { child, lines, said } = host
  const before = said().length
  const ended = new Promise<number | null>((settle) => {
    const settleOnce = (code: number | null) => {
      child.off('message', onMessage).off('exit', settleOnce)
      settle(code)
    }
    const onMessage = (message: { ended: number }) => settleOnce(message.ended)
    child.on('message', onMessage).on('exit', settleOnce)
  })
  const line = once(lines, 'line') as Promise<[string]>
  child.send({ args: argsFor(dataFolder) })
  const first = await Promise.race([line, ended])
  if (!Array.isArray(first)) throw new Error(`The server did not start: ${said().slice(before)}`)
  return {
    url: urlIn(first[0]),
    async stop() {
      child.kill('SIGTERM')
      const code = await ended
      if (child.connected) idle.push(host)
      return code
    },
    kill: () => end(child, 'SIGKILL'),
  }
}

function startHost(): Host {
  const child = fork(join(import.meta.dirname, 'server-host.ts'), {
    execPath: NODE,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  if (!child.stdout) throw new Error('The host has no output')
  return { child, lines: createInterface({ input: child.stdout }), said: gather(child) }
}

/** Releases the hosts. A host that does not exit by itself still has something open that one of its commands did not close. */
export async function endHosts(): Promise<void> {
  for (const { child, said } of idle.splice(0)) {
    const limit = setTimeout(() => child.kill('SIGKILL'), 60_000)
    if (child.connected) child.disconnect()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    clearTimeout(limit)
    if (child.exitCode !== 0) throw new Error(`A host did not end by itself: ${child.signalCode ?? child.exitCode} ${said()}`)
  }
}

function gather(child: ChildProcess): () => string {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
  })
  return () => said
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
