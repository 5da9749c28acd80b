import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { closeFile } from './private-files.ts'
import { makeSealingKey, sealingKey, type SealingKey } from './sealed-value.ts'

/** `unreadable`: the file exists but holds no key, or access is denied. */
export type FoundKey = { kind: 'key'; key: SealingKey } | { kind: 'missing' } | { kind: 'unreadable'; detail: string }

const FORM = /^stormroom-key:1:([\w-]{43})\s*$/u

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Reads a key from its file, and closes the file to other users if this user owns it. Never throws. */
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
 * The key of a file, which is created if missing: atomically, and readable by this user only. If several processes create it
 * at once, all get the same key. Never throws.
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
      // `link` fails if the file exists; `rename` would replace a key that another process has just created.
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
