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
 * Replaces the present databases by those of a backup; the present ones are set aside and stay on disk. The copies are complete
 * and on disk before anything is moved, so that a full disk changes nothing.
 * @param from folder of the backup
 * @param at time for the name of the folder, milliseconds since 1970
 * @returns the folder with the previous files
 * @throws what the file system throws if the disk is full
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
