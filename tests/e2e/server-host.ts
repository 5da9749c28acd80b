// A process that runs the built command line once per test instead of once per process, so that its code is loaded and
// compiled once. `{ args }` over IPC runs `out/main/start-command-line.js` with these arguments, as `node` would; a signal
// reaches the command as it does in a process of its own; `{ ended }` tells its exit code. One command at a time.
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
  // Another address is another module: the entry runs anew, what it imports stays loaded.
  entry.search = `run=${++count}`
  await import(entry.href)
  const ended = process.exitCode ?? 0
  process.exitCode = undefined
  // The entry adds its own for the life of its process, and takes a second signal for impatience.
  for (const signal of SIGNALS) process.removeAllListeners(signal)
  process.send?.({ ended })
}
