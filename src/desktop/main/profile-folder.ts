import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Folder of Chromium's profile, which contains the single-instance lock: in the data folder, so that two data folders can be
 * open at once. If the data folder is read-only, the profile is elsewhere.
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
