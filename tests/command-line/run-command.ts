import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'

export const REPOSITORY = resolve(import.meta.dirname, '../..')
const NODE = join(REPOSITORY, 'node_modules/.bin/node')
/** The built command: it starts twice as fast as the sources. `npm test` and `npm run test:unit` build it first. */
const ENTRY = join(REPOSITORY, 'out/main/start-command-line.js')

export type Finished = { code: number | null; out: string; err: string }

/** The environment of a test's command: without the variables of the person who runs the tests, and in Chinese unless set. */
export function cleanEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, SystemRoot, STORMROOM_KEY_FILE } = process.env
  const kept = Object.fromEntries(
    Object.entries({ PATH, HOME, TMPDIR, SystemRoot, STORMROOM_KEY_FILE }).filter(([, value]) => value !== undefined),
  )
  return { ...kept, LANG: 'zh_CN.UTF-8', STORMROOM_ELECTRON: 'off', CI: '1', ...extra }
}

export type RunOptions = {
  env?: Record<string, string>
  nodeArgs?: readonly string[]
  /** Another copy of the command. */
  entry?: string
  /** The user ID to run as, if the test may change users. */
  uid?: number
  /** The content of its standard input; empty by default. */
  input?: string
}

/** Starts the real command in a new process. */
export function startCommand(args: readonly string[], { env = {}, nodeArgs = [], entry = ENTRY, uid, input = '' }: RunOptions = {}) {
  const child = spawn(NODE, [...nodeArgs, entry, ...args], {
    env: cleanEnvironment(env),
    stdio: 'pipe',
    cwd: tmpdir(),
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  // A command may end without reading its input.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return child
}

/** Collects the output of a started command until it ends. */
export async function finish(child: ChildProcess): Promise<Finished> {
  const [out, err, [code]] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { code, out, err }
}

/** Runs the real command until it ends. */
export function run(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return finish(startCommand(args, options))
}

export type Document = { ok: boolean; failure?: { code: string; params: Record<string, unknown>; message: string } } & Record<
  string,
  unknown
>

/** Runs a command with --json. */
export async function runJson(
  args: readonly string[],
  options: RunOptions = {},
): Promise<{ code: number | null; document: Document; err: string }> {
  return parseDocument(await run([...args, '--json'], options))
}

/** @throws unless standard output holds exactly one JSON document, on one line */
export function parseDocument({ code, out, err }: Finished): { code: number | null; document: Document; err: string } {
  if (out.trimEnd().includes('\n') || !out.endsWith('\n')) throw new Error(`Not one document: ${JSON.stringify({ out, err, code })}`)
  return { code, document: JSON.parse(out) as Document, err }
}

/** A temporary folder with a data folder that is set up. */
export async function openWarRoom(): Promise<{ folder: string; data: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'stormroom-command-'))
  const data = join(folder, 'data')
  const made = await run(['init', '--name', '林舟', '--role', 'commander', '--data', data])
  if (made.code !== 0) throw new Error(made.err)
  return { folder, data, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Declares an incident. @returns its id */
export async function declareIncident(data: string, title: string, ...more: string[]): Promise<string> {
  const { document } = await runJson(['declare', '--data', data, '--title', title, '--type', 'product-problem', '--level', '1', ...more])
  return (document['incident'] as { id: string }).id
}
