import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { closeFile } from '#storage/private-files.ts'
import { HUB_KEY_FILE } from '#hub/hub-config.ts'
import { BACKED_UP } from './backups.ts'

function sync(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/**
 * Puts the databases of a backup in the place of the present ones, which are set aside and stay on disk. The copies are
 * complete and on disk before anything is moved, so that a full disk leaves everything as it was.
 * @param from folder of the backup
 * @param at time for the name of the folder, milliseconds since 1970
 * @returns the folder that holds the files of before
 * @throws what the file system throws when there is no room
 */
export function restoreFiles(dataFolder: string, from: string, at: number): string {
  const incoming = (name: string) => join(dataFolder, `${name}.incoming`)
  const names = [...BACKED_UP, HUB_KEY_FILE].filter((name) => existsSync(join(from, name)))
  try {
    for (const name of names) {
      copyFileSync(join(from, name), incoming(name))
      closeFile(incoming(name))
      sync(incoming(name))
    }
  } catch (error) {
    for (const name of names) rmSync(incoming(name), { force: true })
    throw error
  }
  const setAside = join(dataFolder, 'set-aside', new Date(at).toISOString().replaceAll(':', '').replace('.', '-'))
  mkdirSync(setAside, { recursive: true, mode: 0o700 })
  for (const name of names) {
    for (const suffix of ['-wal', '-shm', '']) {
      const path = join(dataFolder, name + suffix)
      if (existsSync(path)) renameSync(path, join(setAside, name + suffix))
    }
    renameSync(incoming(name), join(dataFolder, name))
  }
  return setAside
}
