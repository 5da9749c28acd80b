import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

const NODE = resolve(import.meta.dirname, '../../../node_modules/.bin/node')

export type Line = Record<string, unknown>

export type Child = {
  lines: Line[]
  tell(text: string): void
  /** The first line with this key, from an index in the list on; waits for it. */
  line(key: string, from?: number): Promise<Line>
  /** Suspends the process, or resumes it. */
  send(signal: 'SIGSTOP' | 'SIGCONT'): void
  /** Ends the process by a signal; resolves with its exit code when it is gone. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Runs a script of this folder in its own process, which prints JSON lines. It ends with the test. */
export function startChild(script: string, ...args: string[]): Child {
  const child = spawn(NODE, [join(import.meta.dirname, script), ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines: Line[] = []
  let code: number | null | undefined
  const gone = new Promise<void>(
    (done) =>
      void child.on('exit', (exit) => {
        code = exit
        done()
      }),
  )
  createInterface(child.stdout).on('line', (line) => void lines.push(JSON.parse(line) as Line))
  const end = async (signal: NodeJS.Signals) => {
    if (code === undefined) child.kill(signal)
    await gone
    return code ?? null
  }
  onTestFinished(async () => void (await end('SIGKILL')))
  return {
    lines,
    tell: (text) => void child.stdin.write(`${text}\n`),
    async line(key, from = 0) {
      for (;;) {
        const found = lines.slice(from).find((line) => key in line)
        if (found) return found
        if (code !== undefined) throw new Error(`${script} ended with ${code} before it said ${key}: ${JSON.stringify(lines.slice(-3))}`)
        await wait(10)
      }
    },
    send: (signal) => void child.kill(signal),
    end,
  }
}
