import { statSync } from 'node:fs'
import type * as Electron from 'electron'

export const nativeImage = {
  /** Empty, as Electron's, when there is no such file. */
  createFromPath: (path: string) =>
    ({ isEmpty: () => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0 }) satisfies Partial<Electron.NativeImage>,
}
