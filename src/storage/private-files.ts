import { chmodSync, closeSync, existsSync, lstatSync, mkdirSync, openSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, parse, resolve } from 'node:path'

/** Umask for processes that keep confidential files: nothing they create is readable by another user, whatever umask was inherited. */
export const PRIVATE_UMASK = 0o077

const FOLDER_MODE = 0o700
const FILE_MODE = 0o600
const OTHERS = 0o077

export type FolderPrivacy =
  | { kind: 'private' }
  /** The folder, or `count` files and folders in it, were accessible to other users and no longer are. */
  | { kind: 'mended'; count: number }
  /**
   * Other users can still enter the folder: it belongs to another user, or also holds other files. Our files in it are
   * closed individually.
   */
  | { kind: 'shared'; detail: string }

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/**
 * Closes a file, or a folder with its content, to other users and counts the changes. Links and files of other users are
 * left unchanged.
 */
function close(path: string, mended: { count: number }): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found || found.isSymbolicLink() || (!found.isDirectory() && !found.isFile())) return
  if ((found.mode & OTHERS) !== 0) {
    try {
      chmodSync(path, found.isDirectory() ? FOLDER_MODE : FILE_MODE)
      mended.count += 1
    } catch (error) {
      // It belongs to another user, or the medium is read-only: it cannot be closed here.
      if (!['EPERM', 'EROFS', 'EACCES', 'ENOENT', 'ENOTSUP'].includes(codeOf(error))) throw error
      return
    }
  }
  if (found.isDirectory()) for (const name of readdirSync(path)) close(join(path, name), mended)
}

/** Names of files that the app and the hub keep directly in a data folder. */
const OURS =
  /^(replica\.db|hub\.db|joined$|device\.key|hub\.key|first-opening$|evidence$|uploads$|incoming$|exports$|backups$|set-aside$|demo$|desktop$|hub-)/u

/** Folders that always serve other purposes too, whatever is in them. */
function belongsToMore(folder: string): boolean {
  const whole = resolve(folder)
  return whole === parse(whole).root || whole === resolve(homedir())
}

/**
 * Creates a data folder that only this user can enter, or closes an existing one with our files in it. If it also holds
 * other files, the folder itself is left unchanged.
 * @throws the error of the file system when the folder cannot be created
 */
export function makePrivateFolder(folder: string): FolderPrivacy {
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE })
  // Windows protects a user's profile folders by inherited permissions; file modes have no effect there.
  if (process.platform === 'win32') return { kind: 'private' }
  const found = lstatSync(folder)
  const target = found.isSymbolicLink() ? null : found
  if (target && (target.mode & OTHERS) === 0) return { kind: 'private' }
  const names = readdirSync(folder)
  const mended = { count: 0 }
  for (const name of names.filter((one) => OURS.test(one))) close(join(folder, name), mended)
  const others = names.filter((one) => !OURS.test(one))
  if (belongsToMore(folder) || others.length > 0) return { kind: 'shared', detail: others.slice(0, 3).join(', ') || folder }
  try {
    chmodSync(folder, FOLDER_MODE)
    return { kind: 'mended', count: mended.count }
  } catch (error) {
    return { kind: 'shared', detail: codeOf(error) }
  }
}

/**
 * Creates an empty file that only this user can read; an existing file is closed to other users if this user owns it. Errors
 * are ignored: opening the file next reports them better.
 */
export function makePrivateFile(file: string): void {
  if (existsSync(file)) return closeFile(file)
  try {
    closeSync(openSync(file, 'a', FILE_MODE))
  } catch (error) {
    if (codeOf(error) === '') throw error
  }
}

/** Closes a file, and the SQLite side files of a database, to other users. */
export function closeFile(file: string): void {
  if (process.platform === 'win32') return
  for (const suffix of ['', '-wal', '-shm']) close(file + suffix, { count: 0 })
}

/** A log line about the privacy of a data folder. */
export function describePrivacy(folder: string, found: FolderPrivacy): string {
  if (found.kind === 'mended')
    return `Other users of this machine could enter ${folder}; it is now closed to them, with ${found.count} files and folders in it`
  if (found.kind === 'shared')
    return `Other users of this machine can enter ${folder} (${found.detail}); what Stormroom keeps in it is closed to them. Use a folder of its own`
  return `${folder} is closed to other users of this machine`
}
