import { chmodSync, closeSync, existsSync, lstatSync, mkdirSync, openSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, parse, resolve } from 'node:path'

/** What a process that keeps confidential files starts with: nothing it makes can be read by another user, whatever its own umask was. */
export const PRIVATE_UMASK = 0o077

const FOLDER_MODE = 0o700
const FILE_MODE = 0o600
const OTHERS = 0o077

export type FolderPrivacy =
  | { kind: 'private' }
  /** The folder, or `count` files and folders in it, could be entered or read by other users and no longer can. */
  | { kind: 'mended'; count: number }
  /** Others can still enter the folder: it belongs to somebody else, or holds other things besides. What is kept in it is closed by itself. */
  | { kind: 'shared'; detail: string }

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Closes a file or folder to other users; whether anything had to be changed. Links are left alone, and what belongs to somebody else. */
function close(path: string, mended: { count: number }): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found || found.isSymbolicLink() || (!found.isDirectory() && !found.isFile())) return
  if ((found.mode & OTHERS) !== 0) {
    try {
      chmodSync(path, found.isDirectory() ? FOLDER_MODE : FILE_MODE)
      mended.count += 1
    } catch (error) {
      // Somebody else's, or a medium that cannot be written: closing it is not ours.
      if (!['EPERM', 'EROFS', 'EACCES', 'ENOENT', 'ENOTSUP'].includes(codeOf(error))) throw error
      return
    }
  }
  if (found.isDirectory()) for (const name of readdirSync(path)) close(join(path, name), mended)
}

/** What the app and the hub keep directly in a data folder, by name. */
const OURS =
  /^(replica\.db|hub\.db|joined$|device\.key|hub\.key|first-opening$|evidence$|uploads$|incoming$|exports$|backups$|set-aside$|demo$|desktop$|hub-)/u

/** Folders that serve more than us whatever lies in them. */
function belongsToMore(folder: string): boolean {
  const whole = resolve(folder)
  return whole === parse(whole).root || whole === resolve(homedir())
}

/**
 * Makes a data folder that nobody but this user can enter, or closes one that is there, with what is ours in it. Where it holds
 * other things besides, the folder itself is left as it is.
 * @throws what the file system throws when the folder cannot be made
 */
export function makePrivateFolder(folder: string): FolderPrivacy {
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE })
  // Windows keeps the folders of a user's profile closed by inherited rights; modes mean nothing there.
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
 * Makes an empty file that only this user can read, where there is none; a file that is there is closed to others, where that is ours to do.
 * Where it cannot be made nothing is said: whoever opens it next says it better.
 */
export function makePrivateFile(file: string): void {
  if (existsSync(file)) return closeFile(file)
  try {
    closeSync(openSync(file, 'a', FILE_MODE))
  } catch (error) {
    if (codeOf(error) === '') throw error
  }
}

/** Closes a file, and what SQLite keeps beside a database, to other users. */
export function closeFile(file: string): void {
  if (process.platform === 'win32') return
  for (const suffix of ['', '-wal', '-shm']) close(file + suffix, { count: 0 })
}

/** A line for the log about what was found of a data folder. */
export function describePrivacy(folder: string, found: FolderPrivacy): string {
  if (found.kind === 'mended')
    return `Other users of this machine could enter ${folder}; it is now closed to them, with ${found.count} files and folders in it`
  if (found.kind === 'shared')
    return `Other users of this machine can enter ${folder} (${found.detail}); what Stormroom keeps in it is closed to them. Use a folder of its own`
  return `${folder} is closed to other users of this machine`
}
