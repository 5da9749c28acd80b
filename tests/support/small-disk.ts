import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Mounts, or returns why it cannot: without the right to mount there is no small or read-only disk. */
export function mount(...args: string[]): string | null {
  try {
    execFileSync('mount', args, { stdio: 'pipe' })
    return null
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  }
}

/** Why no small disk can be made here, or null when one can. */
export function whyNoMount(): string | null {
  if (process.platform !== 'linux') return 'a small disk is made with mount, which only Linux has'
  if (process.getuid?.() !== 0) return 'a small disk is made with mount, which only root may'
  const place = join('/tmp', `stormroom-mount-${process.pid}`)
  mkdirSync(place, { recursive: true })
  const reason = mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place)
  if (reason === null) execFileSync('umount', [place])
  rmSync(place, { recursive: true, force: true })
  return reason === null ? null : `mounting is not possible here: ${reason}`
}
