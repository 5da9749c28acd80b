import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The Node that the project brings, whatever the machine has. */
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
 * Runs a script of ours as a process of its own, its system calls tampered with.
 * @param inject strace's `-e` expressions, such as `inject=fsync:error=EIO:when=3+`
 * @param logFile where strace writes what it sees of `trace`
 * @returns how it ended and the JSON lines it had printed until then
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
      // A process that dies may leave half a line; whatever has its line break was said in full.
      const lines = stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>)
      done({ code: error ? (typeof error.code === 'number' ? error.code : null) : 0, signal: error?.signal ?? null, lines, stderr })
    })
  })
}

export type SystemCall = { thread: string; name: string; text: string; injected: boolean }

/** What strace wrote down, in order of happening. */
export function readTrace(logFile: string): SystemCall[] {
  return readFileSync(logFile, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const found = /^(\d+)\s+(\w+)\((.*)$/u.exec(line)
      return found ? [{ thread: found[1] ?? '', name: found[2] ?? '', text: found[3] ?? '', injected: line.includes('(INJECTED)') }] : []
    })
}

/** Evenly spread members of a list, first and last among them. */
export function spread<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list]
  return Array.from({ length: most }, (_, index) => list[Math.round((index * (list.length - 1)) / (most - 1))]).filter(
    (one) => one !== undefined,
  )
}

/** Does work on all items, a few at a time. */
export async function inParallel<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
    }),
  )
}

export const SCRIPTS = join(import.meta.dirname, '../workspace/crash')
