import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The Node that the lockfile pins: it builds and runs the product, independent of the machine's Node. */
export function pinnedNode(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/**
 * Whether node_modules matches package-lock.json.
 *
 * Fast path: a stamp written after a complete install, which covers both lockfiles. Without it (installed by hand), the
 * versions are compared with npm's own record of the tree, which npm writes last; a matching tree gets the stamp.
 *
 * @param {string} root the folder of package.json
 * @returns {'current' | 'missing' | 'behind'}
 */
export function compareInstalled(root) {
  const paths = pathsOf(root)
  if (!existsSync(paths.record) || !existsSync(pinnedNode(root))) return 'missing'
  const expected = describe(paths)
  if (readText(paths.stamp) === expected) return 'current'
  if (!agrees(JSON.parse(readFileSync(paths.lock, 'utf8')), JSON.parse(readFileSync(paths.record, 'utf8')))) return 'behind'
  writeWhole(paths.stamp, expected)
  return 'current'
}

/**
 * Runs `npm ci`, with all output on stderr. The stamp and npm's record are removed first, so that an interrupted
 * install is not taken for a complete one.
 *
 * @param {string} root the folder of package.json
 * @returns {Promise<boolean>} true when the tree is complete and stamped
 */
export async function installPackages(root) {
  const paths = pathsOf(root)
  rmSync(paths.stamp, { force: true })
  rmSync(paths.record, { force: true })
  const status = await runNpm(root, ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  if (status !== 0 || !existsSync(paths.record) || !existsSync(pinnedNode(root))) return false
  writeWhole(paths.stamp, describe(paths))
  return true
}

function pathsOf(root) {
  return {
    lock: join(root, 'package-lock.json'),
    record: join(root, 'node_modules', '.package-lock.json'),
    stamp: join(root, 'node_modules', '.stormroom-install.json'),
  }
}

function describe(paths) {
  const digest = (path) => createHash('sha256').update(readFileSync(path)).digest('hex')
  return JSON.stringify({ lock: digest(paths.lock), record: digest(paths.record), platform: `${process.platform}-${process.arch}` })
}

/** Whether every package of the lockfile is installed in its version; optional ones may be absent (for other platforms). */
function agrees(lock, record) {
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '' || wanted.link) return true
    const installed = record.packages[path]
    return installed === undefined ? wanted.optional === true : installed.version === wanted.version
  })
}

/** Runs the npm that started this script, else the one on the PATH. Resolves to its exit status. */
function runNpm(root, args) {
  const npm = process.env.npm_execpath
  // npm deletes node_modules: do not run it with a Node from there if another is known.
  const node = process.env.npm_node_execpath ?? process.execPath
  const [command, commandArgs] = npm?.endsWith('js') ? [node, [npm, ...args]] : ['npm', args]
  // Electron's binary is downloaded at the first start, with a time limit (src/command-line/electron-binary.ts).
  const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1', NODE_ENV: 'development' }
  return new Promise((resolve) => {
    const child = spawn(command, commandArgs, {
      cwd: root,
      env,
      stdio: ['ignore', 2, 2],
      shell: command === 'npm' && process.platform === 'win32',
    })
    const stop = (signal) => child.kill(signal)
    process.once('SIGTERM', stop).once('SIGINT', stop)
    const finish = (status) => {
      process.removeListener('SIGTERM', stop).removeListener('SIGINT', stop)
      resolve(status)
    }
    child.once('error', () => finish(1)).once('exit', (status) => finish(status ?? 1))
  })
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function writeWhole(path, text) {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, path)
}
