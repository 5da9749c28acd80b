import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Real files, but in memory where the system offers that: for tests that sync thousands of times and are not about the disk. */
const QUICK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A folder of its own for the running test, gone when the test ends. */
export function makeTempFolder(name = 'test', place: 'disk' | 'quick' = 'disk'): string {
  const folder = mkdtempSync(join(place === 'quick' ? QUICK : tmpdir(), `stormroom-${name}-`))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}
