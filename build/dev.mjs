// npm run dev: the app during development. Vite serves the page and hot-reloads changes of the renderer; everything else runs
// from the sources and restarts when one of them changes. `npm run dev -- --electron` does the same in the desktop app with
// electron-vite. The data is in .dev-data of this folder unless --data names another.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { get } from 'node:http'
import { createServer as createNetServer } from 'node:net'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5173' },
    data: { type: 'string', default: join(root, '.dev-data') },
    demo: { type: 'boolean', default: false },
    electron: { type: 'boolean', default: false },
  },
})

/** The session cookie and the address that the app's process issued for the launch token; null until it has started. */
let entry = null

async function findFreePort() {
  const server = createNetServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** Runs the app from the sources, and restarts it whenever one of them changes. */
function startApp(port, onEntered) {
  mkdirSync(values.data, { recursive: true })
  const flags = ['start', '--browser', '--no-open', '--json', '--port', String(port), '--data', values.data]
  const child = spawn(
    process.execPath,
    [
      '--watch',
      '--watch-preserve-output',
      join(root, 'src/command-line/start-command-line.ts'),
      ...flags,
      ...(values.demo ? ['--demo'] : []),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], cwd: root },
  )
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return console.error(line)
    const { url } = JSON.parse(line)
    if (typeof url === 'string') void onEntered(url)
  })
  return child
}

/** Uses the one-time launch link. @returns the cookie and address for every browser that opens the page */
function enter(url) {
  return new Promise((settle, refuse) => {
    get(url, (answer) => {
      answer.resume()
      const [cookie] = answer.headers['set-cookie'] ?? []
      const { location } = answer.headers
      if (cookie === undefined || location === undefined) refuse(new Error(`The app's process let nobody in: ${answer.statusCode}`))
      else settle({ cookie, location })
    }).on('error', refuse)
  })
}

/** Signs in any browser of this machine that opens the page, again after each restart. */
const enterByItself = {
  name: 'enter-by-itself',
  configureServer(server) {
    server.middlewares.use((from, to, next) => {
      const { pathname, search } = new URL(from.url ?? '/', 'http://127.0.0.1')
      const wantsIn = entry !== null && pathname === '/' && (search === '' || search.startsWith('?launch'))
      if (!wantsIn || (search === '' && from.headers.cookie?.includes(entry.cookie.split(';')[0]))) return next()
      to.writeHead(303, { 'set-cookie': entry.cookie, location: entry.location }).end()
    })
  },
}

async function runInBrowser() {
  const [{ createServer }, { default: react }, { default: mantine }] = await Promise.all([
    import('vite'),
    import('@vitejs/plugin-react'),
    import('postcss-preset-mantine'),
  ])
  const appPort = await findFreePort()
  const target = `http://127.0.0.1:${appPort}`
  const vite = await createServer({
    configFile: false,
    root: join(root, 'src/renderer'),
    cacheDir: join(root, 'node_modules/.vite-dev'),
    publicDir: false,
    plugins: [react(), enterByItself],
    css: { postcss: { plugins: [mantine()] } },
    server: {
      host: '127.0.0.1',
      port: Number(values.port),
      strictPort: values.port !== '0',
      fs: { allow: [root] },
      proxy: {
        '/socket.io': {
          target,
          ws: true,
          changeOrigin: true,
          // The app's process accepts only its own origin, so the proxy sends that origin.
          configure: (proxy) => proxy.on('proxyReqWs', (onward) => onward.setHeader('origin', target)),
        },
      },
    },
  })
  await vite.listen()
  const page = vite.resolvedUrls?.local[0]
  const child = startApp(appPort, async (url) => {
    const first = entry === null
    entry = await enter(url)
    if (first) console.log(`定风波：改动随时生效，打开 ${page}\nStormroom: changes show at once; open ${page}`)
    else vite.ws.send({ type: 'full-reload', path: '*' })
  })
  const end = async () => {
    child.kill('SIGTERM')
    await vite.close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end())
  child.once('exit', (code) => {
    console.error('定风波：应用进程已结束，原因见上。\nStormroom: the process of the app has ended, see above why.')
    void vite.close().then(() => process.exit(code ?? 1))
  })
}

function runInElectron() {
  const child = spawn(join(root, 'node_modules/.bin/electron-vite'), ['dev'], {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, STORMROOM_DATA: values.data },
  })
  child.once('exit', (code) => process.exit(code ?? 1))
}

if (values.electron) runInElectron()
else await runInBrowser()
