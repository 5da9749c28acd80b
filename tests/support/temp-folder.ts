import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Real files, in memory where the system supports it: for tests that sync thousands of times and do not test the disk. */
const QUICK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A new folder for the running test, deleted when the test ends. */
export function makeTempFolder(name = 'test', place: 'disk' | 'quick' = 'disk'): string {
  const folder = mkdtempSync(join(place === 'quick' ? QUICK : tmpdir(), `stormroom-${name}-`))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}
