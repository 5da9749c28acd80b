import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { closeFile } from './private-files.ts'
import { makeSealingKey, sealingKey, type SealingKey } from './sealed-value.ts'

/** `unreadable`: there is something, or somebody keeps us from looking, and it is no key. */
export type FoundKey = { kind: 'key'; key: SealingKey } | { kind: 'missing' } | { kind: 'unreadable'; detail: string }

const FORM = /^stormroom-key:1:([\w-]{43})\s*$/u

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Reads a key from its file, which is closed to other users of the machine where that is ours to do. Never throws. */
export function readKeyFile(file: string): FoundKey {
  try {
    const [, text = ''] = FORM.exec(readFileSync(file, 'utf8')) ?? []
    const key = sealingKey(Buffer.from(text, 'base64url'))
    if (!key) return { kind: 'unreadable', detail: `${file} does not hold a key` }
    closeFile(file)
    return { kind: 'key', key }
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? { kind: 'missing' } : { kind: 'unreadable', detail: messageOf(error) }
  }
}

function writeWhole(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * The key of a file, which is made where it is missing: whole or not at all, and readable by this user alone. Of several
 * processes that make it at once all get the same. Never throws.
 * @returns the key, or why there is none
 */
export function takeKeyFile(file: string): Exclude<FoundKey, { kind: 'missing' }> {
  const found = readKeyFile(file)
  if (found.kind !== 'missing') return found
  const fresh = `${file}.${randomUUID()}.new`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeWhole(fresh, `stormroom-key:1:${makeSealingKey().bytes.toString('base64url')}\n`)
    try {
      // A second name is given only where there is none: a renaming would take away the key that another has made meanwhile.
      linkSync(fresh, file)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') renameSync(fresh, file)
    }
    const made = readKeyFile(file)
    return made.kind === 'missing' ? { kind: 'unreadable', detail: `${file} is gone` } : made
  } catch (error) {
    return { kind: 'unreadable', detail: messageOf(error) }
  } finally {
    rmSync(fresh, { force: true })
  }
}
