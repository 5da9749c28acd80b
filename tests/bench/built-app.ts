import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'

const REPOSITORY = resolve(import.meta.dirname, '../..')
const RENDERER = join(REPOSITORY, 'out/renderer')

export type BuiltApp = { url: string; origin: string; processId: number; close(): Promise<void> }

/** Starts the built app on a data folder; it serves browsers of this machine. */
export async function startBuiltApp(dataFolder: string): Promise<BuiltApp> {
  const child = spawn(
    process.execPath,
    [join(REPOSITORY, 'out/main/start-command-line.js'), 'start', '--browser', '--no-open', '--json', '--port', '0', '--data', dataFolder],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ended = once(child, 'exit')
  const line = await Promise.race([once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>, ended.then(() => null)])
  if (line === null) throw new Error('The built app did not start')
  const { url } = JSON.parse(line[0]) as { url: string }
  return {
    url,
    origin: new URL('/', url).href,
    processId: child.pid ?? 0,
    async close() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

export type Weight = { raw: number; gzip: number }

/** Kilobytes of the files that a page loaded, as they are in the build and gzipped. */
export function weighFiles(addresses: readonly string[]): Weight {
  const files = addresses.map((address) => join(RENDERER, new URL(address).pathname)).filter((file) => existsSync(file))
  const contents = files.map((file) => readFileSync(file))
  const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0) / 1024
  return { raw: sum(contents.map(({ length }) => length)), gzip: sum(contents.map((content) => gzipSync(content).length)) }
}
