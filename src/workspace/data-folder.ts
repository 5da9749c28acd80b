import { resolve } from 'node:path'
import envPaths from 'env-paths'

/**
 * Where this machine keeps its incidents: STORMROOM_DATA if set, else the operating system's folder for application data.
 * Returns only the path; creates nothing.
 * @returns an absolute path
 */
export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const named = env['STORMROOM_DATA']
  return named ? resolve(named) : envPaths('Stormroom', { suffix: '' }).data
}

export { PRIVATE_UMASK } from '#storage/private-files.ts'
