import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { extractAll, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options } from '@electron/fuses'
import { expect, test } from 'vitest'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const NODE = join(ROOT, 'node_modules/.bin/node')
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSES = Object.values(FuseV1Options).filter((option) => typeof option === 'number').length

/** The parts that electron-builder needs of an unpacked Electron: a binary with fuses, and a folder of resources. */
function makeStubElectron(folder: string): string {
  const dist = join(folder, 'electron')
  for (const name of ['resources', 'locales']) mkdirSync(join(dist, name), { recursive: true })
  writeFileSync(
    join(dist, 'electron'),
    Buffer.concat([
      Buffer.from(`before${SENTINEL}`),
      Buffer.from([1, FUSES, ...Array.from({ length: FUSES }, () => FuseState.ENABLE)]),
      Buffer.from('after'),
    ]),
    { mode: 0o755 },
  )
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'resources.pak', 'locales/zh-CN.pak', 'locales/en-US.pak'])
    writeFileSync(join(dist, name), 'x')
  return dist
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  )
}

/** Size before page libraries, source maps and other platforms' binaries were left out: 195 MB in 36,491 files. */
const BEFORE = { bytes: 195_000_000, files: 36_491 }

test.skipIf(process.platform !== 'linux')(
  'the package holds what runs and nothing else, and what runs in it runs (packs for Linux alone)',
  { timeout: 300_000 },
  async () => {
    const folder = makeTempFolder('package')
    const run = promisify(execFile)
    const options = { cwd: ROOT, env: { ...process.env, ELECTRON_BUILDER_OFFLINE: 'true' }, maxBuffer: 1 << 26 }
    await run(NODE, [join(ROOT, 'build/prepare.mjs'), '--build'], options)
    await run(
      NODE,
      [
        join(ROOT, 'node_modules/electron-builder/cli.js'),
        '--config',
        'build/electron-builder.yml',
        '--linux',
        'dir',
        `-c.electronDist=${makeStubElectron(folder)}`,
        `-c.directories.output=${join(folder, 'dist')}`,
      ],
      options,
    )
    const resources = join(folder, 'dist/linux-unpacked/resources')
    const archive = join(resources, 'app.asar')
    const files = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/'))

    expect(files).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/out/main/start-desktop.js',
        '/out/preload/start-preload.cjs',
        '/out/renderer/index.html',
        '/out/web/console/index.html',
        '/resources/icons/256x256.png',
      ]),
    )
    const pageLibraries =
      /^\/node_modules\/(?:@mantine|@tabler|@tanstack|echarts|zrender|react|react-dom|react-router|react-i18next|@floating-ui)\//
    expect(files.filter((path) => pageLibraries.test(path))).toEqual([])
    expect(files.filter((path) => /\.map$|\.d\.[cm]?ts$|^\/(?:src|tests|build|\.git)\//.test(path))).toEqual([])
    expect(files.filter((path) => /better-sqlite3\/(?:prebuilds\/.|deps|src)/.test(path))).toEqual([
      `/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
    ])
    expect(files.length).toBeLessThan(BEFORE.files / 2)
    expect(sizeOf(resources)).toBeLessThan(BEFORE.bytes / 2)

    // Every module that the command line and a hub load is in the package.
    const unpacked = join(folder, 'unpacked')
    extractAll(archive, unpacked)
    const cli = join(unpacked, 'out/main/start-command-line.js')
    const data = join(folder, 'data')
    const ask = async (...args: string[]) =>
      JSON.parse((await run(NODE, [cli, ...args, '--data', data, '--json'], { cwd: folder })).stdout) as Record<string, unknown>
    expect(await ask('init', '--name', '林晚', '--role', 'commander')).toMatchObject({ ok: true })
    expect(await ask('declare', '--title', '滤芯异味', '--type', 'product-problem', '--level', '1')).toMatchObject({ ok: true })
    expect(await ask('verify')).toMatchObject({ ok: true })
  },
)
