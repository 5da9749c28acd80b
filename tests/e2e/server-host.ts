// A process that runs the built command line for many tests, so that its code is loaded and compiled once.
// `{ args }` over IPC runs `out/main/start-command-line.js` with these arguments, as `node` would; a signal reaches the command
// as in its own process; `{ ended }` reports its exit code. It runs one command at a time.
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const ENTRY = join(resolve(import.meta.dirname, '../..'), 'out/main/start-command-line.js')
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

let count = 0

process.on('message', (message: { args: string[] }) => void run(message.args))

async function run(args: string[]): Promise<void> {
  process.argv = [process.execPath, ENTRY, ...args]
  process.exitCode = undefined
  const entry = pathToFileURL(ENTRY)
  // A different URL is a different module: the entry runs again, and its imports stay loaded.
  entry.search = `run=${++count}`
  await import(entry.href)
  const ended = process.exitCode ?? 0
  process.exitCode = undefined
  // The entry adds signal handlers that stay for the life of the process; a second signal would force an exit.
  for (const signal of SIGNALS) process.removeAllListeners(signal)
  process.send?.({ ended })
}
