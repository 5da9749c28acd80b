import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Start = { argv: string[]; workingFolder: string; additionalData: unknown }

/**
 * The lock of the single instance: a file with the id of the process that holds it. A later start leaves a note beside it for the
 * first one, which watches for it.
 */
export function takeLock(userData: string, start: Start, onLaterStart: (start: Start) => void): boolean {
  const folder = join(userData, 'stand-in-instance')
  const lock = join(folder, 'holder')
  mkdirSync(folder, { recursive: true })
  if (isHeld(lock)) {
    const note = join(folder, `${process.pid}.start`)
    writeFileSync(`${note}.new`, JSON.stringify(start))
    renameSync(`${note}.new`, note)
    return false
  }
  writeFileSync(lock, String(process.pid))
  const readNotes = () => {
    for (const name of readdirSync(folder).filter((candidate) => candidate.endsWith('.start'))) {
      const later = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Start
      rmSync(join(folder, name))
      onLaterStart(later)
    }
  }
  watch(folder, readNotes).unref()
  return true
}

function isHeld(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0)
    return true
  } catch {
    return false
  }
}
