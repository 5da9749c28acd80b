import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js'
import { DebugLogger } from 'builder-util'
import { expect, onTestFinished, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

type AfterPack = { afterPack(context: { appOutDir: string; electronPlatformName: string; packager: object }): Promise<void> }

const { afterPack } = (await import(join(ROOT, 'build/after-pack.mjs'))) as AfterPack

/** A file with a fuse wire like Electron's binary: sentinel, version, length, then one state for each fuse. */
async function fakeBinary(name: string, fuses: number): Promise<{ folder: string; binary: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'fuses-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const binary = join(folder, name)
  const wire = Buffer.from([1, fuses, ...Array.from({ length: fuses }, () => FuseState.ENABLE)])
  await writeFile(binary, Buffer.concat([Buffer.from('before'), Buffer.from(SENTINEL), wire, Buffer.from('after')]))
  return { folder, binary }
}

const FUSES = Object.values(FuseV1Options).filter((option) => typeof option === 'number')

test.each([
  ['linux', 'stormroom', FuseState.DISABLE],
  ['win32', 'Stormroom.exe', FuseState.ENABLE],
])('reliability study 9.19: the packed binary for %s has its fuses set', async (platform, name, integrity) => {
  const { folder, binary } = await fakeBinary(name, FUSES.length)
  await afterPack({
    appOutDir: folder,
    electronPlatformName: platform,
    packager: { executableName: 'stormroom', appInfo: { productFilename: 'Stormroom' } },
  })
  const wire = await getCurrentFuseWire(binary)
  expect(wire).toEqual({
    version: '1',
    [FuseV1Options.RunAsNode]: FuseState.DISABLE,
    [FuseV1Options.EnableCookieEncryption]: FuseState.ENABLE,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: FuseState.DISABLE,
    [FuseV1Options.EnableNodeCliInspectArguments]: FuseState.DISABLE,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: integrity,
    [FuseV1Options.OnlyLoadAppFromAsar]: FuseState.ENABLE,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: FuseState.DISABLE,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: FuseState.DISABLE,
    [FuseV1Options.WasmTrapHandlers]: FuseState.ENABLE,
  })
})

test('reliability study 9.19: a binary with a fuse we do not know stops the packaging', async () => {
  const { folder } = await fakeBinary('stormroom', FUSES.length + 1)
  const packing = afterPack({
    appOutDir: folder,
    electronPlatformName: 'linux',
    packager: { executableName: 'stormroom', appInfo: { productFilename: 'Stormroom' } },
  })
  await expect(packing).rejects.toThrow('strictlyRequireAllFuses')
})

test('the packaging configuration is one that electron-builder accepts, and packs an archive with the icons it names', async () => {
  const config = await getConfig(ROOT, 'build/electron-builder.yml', null)
  await validateConfiguration(config, new DebugLogger(false))
  expect(config).toMatchObject({ asar: true, npmRebuild: false, publish: null, afterPack: './build/after-pack.mjs' })
  for (const icon of [config.win?.icon, config.mac?.icon, config.linux?.icon]) expect(existsSync(join(ROOT, icon ?? 'absent'))).toBe(true)
})
