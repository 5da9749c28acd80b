import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { cleanEnvironment, REPOSITORY } from '#tests/command-line/run-command.ts'

const NODE = resolve(import.meta.dirname, '../../../node_modules/.bin/node')
const ENTRY = join(REPOSITORY, 'src/command-line/start-command-line.ts')

/** How strace changes the system calls of a hub: its `-e` expressions, the calls that it traces, and its log file. */
export type Tampering = { inject: readonly string[]; trace: string; logFile?: string }

export type HubCommand = {
  port: number
  /** The founder's invite, or null when the hub printed none. */
  invite: string | null
  /** The error lines of its log so far. */
  errors(): string[]
  /** Resolves when the process has ended: its exit code, or null when a signal ended it. */
  gone: Promise<number | null>
  readonly dead: boolean
  /** Asks it to stop and waits until it has; `kill` does not ask. */
  stop(): Promise<number | null>
  kill(): Promise<number | null>
}

type Announced = { port: number; invite: string | null; pid: number }

/**
 * The real `stormroom hub` in its own process, optionally under strace.
 * @returns the hub once it serves, or null when it was killed before that or gave up
 */
export async function startHubCommand(data: string, tampering: Tampering | null, ...more: string[]): Promise<HubCommand | null> {
  const command = [NODE, ENTRY, 'hub', '--data', data, '--port', '0', '--no-tls', '--json', '--log-level', 'warn', ...more]
  const strace = tampering
    ? [
        'strace',
        '-f',
        '-qq',
        '-y',
        '-o',
        tampering.logFile ?? '/dev/null',
        '-e',
        `trace=${tampering.trace}`,
        ...tampering.inject.flatMap((one) => ['-e', one]),
      ]
    : []
  const [program = '', ...args] = [...strace, ...command]
  const child = spawn(program, args, { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
  let dead = false
  const gone = new Promise<number | null>(
    (done) =>
      void child.on('close', (code) => {
        dead = true
        done(code)
      }),
  )
  const said: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => void said.push(line))
  const first = await Promise.race([
    new Promise<string>((done) => void createInterface({ input: child.stdout }).once('line', done)),
    gone.then(() => null),
  ])
  if (first === null) return null
  const { port, invite, pid } = JSON.parse(first) as Announced | { [Name in keyof Announced]?: never }
  // It says why it cannot start, and ends.
  if (pid === undefined) return gone.then(() => null)
  return {
    port,
    invite,
    gone,
    errors: () => said,
    get dead() {
      return dead
    },
    async stop() {
      if (!dead) process.kill(pid, 'SIGTERM')
      return gone
    },
    async kill() {
      if (!dead) process.kill(pid, 'SIGKILL')
      return gone
    },
  }
}
