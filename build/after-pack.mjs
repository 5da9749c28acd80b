import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'

/**
 * The switches burnt into Electron's binary (Electron documentation, "Fuses"; reliability study, section 9, item 19). Every
 * fuse is named, so that packaging fails when a new Electron adds one, instead of leaving it at its default.
 *
 * @param {string} platform as Electron names it: darwin, win32, linux
 */
export function fusesFor(platform) {
  return {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // An app that can be started as plain Node would run any script under its signature.
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    // Electron validates the archive only on macOS and Windows.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform === 'darwin' || platform === 'win32',
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    // The app builds no V8 snapshot.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Electron's default: the processor checks the bounds of WebAssembly memory, not generated code.
    [FuseV1Options.WasmTrapHandlers]: true,
  }
}

/** electron-builder's hook between packing and signing. */
export async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo
  const names = { darwin: `${productFilename}.app`, win32: `${productFilename}.exe`, linux: packager.executableName }
  const binary = join(appOutDir, names[electronPlatformName])
  await flipFuses(binary, { ...fusesFor(electronPlatformName), resetAdHocDarwinSignature: electronPlatformName === 'darwin' })
}
