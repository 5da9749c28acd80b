import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveBrowser, type BrowserShell } from '#browser/serve-browser.ts'
import { createRooms } from '#workspace/rooms.ts'
import { openWorkspace } from '#workspace/workspace.ts'
import type { Workspace } from '#workspace/workspace-options.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { io, type Socket } from 'socket.io-client'

export const ASSET = '/assets/app-Ab3dEf12.js'

export type TestShell = BrowserShell & { workspace: Workspace; folder: string; warnings: string[] }

/** The browser edition on a fresh data folder, with a small page instead of the built renderer. */
export async function openTestShell(): Promise<TestShell> {
  const folder = await mkdtemp(join(tmpdir(), 'stormroom-browser-'))
  const rendererFolder = join(folder, 'renderer')
  await mkdir(join(rendererFolder, 'assets'), { recursive: true })
  await writeFile(
    join(rendererFolder, 'index.html'),
    `<!doctype html><title>page of the test</title><script type="module" src="${ASSET}"></script>`,
  )
  await writeFile(join(rendererFolder, ASSET), 'document.title = "script ran"')
  await writeFile(join(rendererFolder, 'plain.txt'), 'not hashed')
  await writeFile(join(rendererFolder, '.hidden'), 'hidden')
  await writeFile(join(folder, 'secret.txt'), 'outside the renderer')
  const warnings: string[] = []
  const log = (_level: string, message: string) => {
    warnings.push(message)
  }
  const workspace = await openWorkspace({
    dataFolder: join(folder, 'data'),
    version: '0.0.0-test',
    workers: workerUrls(import.meta.url),
    log,
  })
  const rooms = createRooms({ workspace, openDemo: () => Promise.reject(new Error('no demo in this test')), log })
  const shell = await serveBrowser({ rooms, rendererFolder, port: 0, log })
  return {
    ...shell,
    workspace,
    folder,
    warnings,
    async close() {
      await shell.close()
      await rooms.close()
      await workspace.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type Answer = { status: number; headers: Map<string, string>; cookies: string[]; body: string }

/** Sends the bytes unchanged, so that no client library corrects a hostile request. */
export function sendRaw(port: number, text: string, host = '127.0.0.1'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host)
    const chunks: Buffer[] = []
    socket.on('error', reject)
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('close', () => {
      const [head = '', ...rest] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n')
      const [statusLine = '', ...lines] = head.split('\r\n')
      const pairs = lines.map(
        (line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as [string, string],
      )
      resolve({
        status: Number(statusLine.split(' ')[1] ?? 0),
        headers: new Map(pairs),
        cookies: pairs.filter(([name]) => name === 'set-cookie').map(([, value]) => value),
        body: rest.join('\r\n\r\n'),
      })
    })
    // Do not end the socket here: a server would treat that as a client that has disconnected.
    socket.write(text)
  })
}

/** One request with the given headers; Host and Connection have defaults. */
export function request(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const all = { Host: `127.0.0.1:${port}`, Connection: 'close', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return sendRaw(port, `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
}

/** Uses the launch token. @returns the Cookie header of the session, and the key of its pages */
export async function enter(shell: BrowserShell): Promise<{ cookie: string; key: string }> {
  const { pathname, search } = new URL(shell.url)
  const answer = await request(shell.port, pathname + search)
  return { cookie: (answer.cookies[0] ?? '').split(';', 1)[0] ?? '', key: (answer.headers.get('location') ?? '').replace('/#key=', '') }
}

/** Opens a socket as a page would. @returns the connected socket, or why it was refused */
export function openSocket(
  port: number,
  headers: Record<string, string>,
  auth: Record<string, string> = {},
): Promise<{ socket: Socket } | { refused: string }> {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: headers,
    auth,
    autoConnect: false,
  })
  return new Promise((resolve) => {
    // The shell sends first, and its handshake may arrive in the same packet as the connection.
    socket.on('connect', () => resolve({ socket }))
    socket.on('connect_error', (error) => {
      socket.close()
      resolve({ refused: error.message })
    })
    socket.connect()
  })
}
