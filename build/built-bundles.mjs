import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pinnedNode } from './installed-packages.mjs'

const SOURCES = [
  'src',
  'resources',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'build/tsconfig.base.json',
  'build/web.vite.config.ts',
]

/**
 * Whether out/ was built from the current sources. Contents count, not dates: switching to a branch and back builds nothing.
 * Every bundle must still exist with its size.
 *
 * @param {string} root the folder of package.json
 * @returns {boolean}
 */
export function areBundlesCurrent(root) {
  try {
    const built = JSON.parse(readFileSync(stampOf(root), 'utf8'))
    return built.sources === digestSources(root) && built.bundles.every(([path, size]) => statSync(join(root, path)).size === size)
  } catch {
    return false
  }
}

/**
 * Builds out/ with electron-vite, and out/web/ with vite, under the pinned Node; their output goes to stderr. The stamp is removed first and
 * written last, and covers the sources as they were when the build began.
 *
 * @param {string} root the folder of package.json
 * @returns {Promise<boolean>} true when the bundles exist and are stamped
 */
export async function buildBundles(root) {
  rmSync(stampOf(root), { force: true })
  const sources = digestSources(root)
  if ((await run(root, 'electron-vite/bin/electron-vite.js', ['build'])) !== 0) return false
  for (const page of webPages(root)) {
    const args = ['build', `src/web/${page}`, '--config', 'build/web.vite.config.ts', '--outDir', join(root, 'out', 'web', page)]
    if ((await run(root, 'vite/bin/vite.js', args)) !== 0) return false
  }
  const bundles = listFiles(join(root, 'out')).map((path) => [relative(root, path), statSync(path).size])
  writeFileSync(stampOf(root), JSON.stringify({ sources, bundles }))
  return bundles.length > 0
}

function stampOf(root) {
  return join(root, 'out', '.built-from.json')
}

function digestSources(root) {
  const hash = createHash('sha256')
  for (const path of SOURCES.flatMap((source) => listFiles(join(root, source)))) {
    const content = readFileSync(path)
    hash.update(`${relative(root, path)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** All files at or under `path`, in an order that does not depend on the file system; empty when it does not exist. */
function listFiles(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return []
  if (found.isFile()) return [path]
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => listFiles(join(path, name)))
}

/** The pages that the hub serves: the folders of src/web that have a document. */
function webPages(root) {
  const folder = join(root, 'src', 'web')
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'index.html')))
}

function run(root, script, args) {
  const env = { ...process.env, NODE_ENV: 'production' }
  return new Promise((resolve) => {
    spawn(pinnedNode(root), [join(root, 'node_modules', script), ...args, '--logLevel', 'warn'], {
      cwd: root,
      env,
      stdio: ['ignore', 2, 2],
    })
      .once('error', () => resolve(1))
      .once('exit', (status) => resolve(status ?? 1))
  })
}
