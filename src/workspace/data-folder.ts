import { resolve } from 'node:path'
import envPaths from 'env-paths'

/**
 * Where this machine keeps its incidents: STORMROOM_DATA when set, else the operating system's folder for application data.
 * Only named here; nothing is made.
 * @returns an absolute path
 */
export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const named = env['STORMROOM_DATA']
  return named ? resolve(named) : envPaths('Stormroom', { suffix: '' }).data
}

export { PRIVATE_UMASK } from '#storage/private-files.ts'
