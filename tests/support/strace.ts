import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The Node of the project's dependencies, whatever the machine has installed. */
const NODE = resolve(import.meta.dirname, '../../node_modules/.bin/node')

/** Why system calls cannot be traced here, or null when they can. */
export function whyNoStrace(): string | null {
  if (process.platform !== 'linux') return `system calls are traced with strace, which ${process.platform} has not`
  const tried = spawnSync('strace', ['-o', '/dev/null', '-e', 'trace=none', 'true'])
  if (tried.error) return 'strace is not installed (apt-get install strace)'
  return tried.status === 0 ? null : `strace may not trace here: ${tried.stderr.toString().trim()}`
}

export type Traced = { code: number | null; signal: string | null; lines: Record<string, unknown>[]; stderr: string }

/**
 * Runs one of our scripts in its own process, with its system calls changed by strace.
 * @param inject strace's `-e` expressions, such as `inject=fsync:error=EIO:when=3+`
 * @param logFile where strace logs the calls of `trace`
 * @returns how it ended, and the JSON lines that it had printed until then
 */
export function runTraced(
  script: string,
  args: readonly string[],
  inject: readonly string[],
  trace: string,
  logFile = '/dev/null',
): Promise<Traced> {
  const options = ['-f', '-qq', '-y', '-o', logFile, '-e', `trace=${trace}`, ...inject.flatMap((one) => ['-e', one])]
  return new Promise((done) => {
    execFile('strace', [...options, NODE, script, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      // A dying process may leave a partial line; only lines with a line break are complete.
      const lines = stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>)
      done({ code: error ? (typeof error.code === 'number' ? error.code : null) : 0, signal: error?.signal ?? null, lines, stderr })
    })
  })
}

export type SystemCall = { thread: string; name: string; text: string; injected: boolean }

/** The system calls in a log of strace, in order. */
export function readTrace(logFile: string): SystemCall[] {
  return readFileSync(logFile, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const found = /^(\d+)\s+(\w+)\((.*)$/u.exec(line)
      return found ? [{ thread: found[1] ?? '', name: found[2] ?? '', text: found[3] ?? '', injected: line.includes('(INJECTED)') }] : []
    })
}

/** Evenly spaced members of a list, including the first and the last. */
export function spread<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list]
  return Array.from({ length: most }, (_, index) => list[Math.round((index * (list.length - 1)) / (most - 1))]).filter(
    (one) => one !== undefined,
  )
}

/** Runs `work` on all items, at most `lanes` at a time. */
export async function inParallel<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
    }),
  )
}

export const SCRIPTS = join(import.meta.dirname, '../workspace/crash')
