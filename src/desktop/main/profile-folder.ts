import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where Chromium keeps its profile, and with it the lock of the single instance: in the data folder, so that two data folders
 * are two rooms side by side. A data folder that cannot be written is still to be read, so the profile then lies elsewhere.
 */
export function profileFolder(dataFolder: string, elsewhere: string): string {
  const own = join(dataFolder, 'desktop')
  try {
    mkdirSync(own, { recursive: true })
    accessSync(own, constants.W_OK)
    return own
  } catch {
    return elsewhere
  }
}
