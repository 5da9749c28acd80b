import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { HUB_KEY_FILE } from '#hub/hub-config.ts'
import type { Db } from '#storage/open-database.ts'
import type { BackupView } from '#contract/workspace-api.ts'
import { DAY } from '#domain/durations.ts'

/** The rule shown on the data page: hourly while something changes, the last 24 of those, and one a day for 14 days. */
export const BACKUP_RULE = { everyHours: 1, keepHourly: 24, keepDaily: 14 } as const

/**
 * The files of a backup, in the order of copying: the hub last, so that it is never older than the replica. If the team's hub is
 * elsewhere there is only the replica's.
 */
export const BACKED_UP = ['replica.db', 'hub.db'] as const

const Manifest = z.object({
  takenAt: z.int(),
  reason: z.enum(['hourly', 'start', 'asked', 'before-restore']),
  bytes: z.int(),
  sound: z.boolean().nullable(),
  /** The state of the databases, to detect whether anything has changed since. */
  mark: z.string(),
})
type Manifest = z.infer<typeof Manifest>

export type BackupReason = Manifest['reason']

/** Which of the backups taken at these times the rule deletes, newest kept first. */
export function backupsToDrop(takenAt: readonly number[], now: number): number[] {
  const newestFirst = takenAt.toSorted((a, b) => b - a)
  const kept = new Set(newestFirst.slice(0, BACKUP_RULE.keepHourly))
  const days = new Set<number>()
  for (const at of newestFirst) {
    const day = Math.floor(at / DAY)
    if (days.has(day) || now - at > BACKUP_RULE.keepDaily * DAY) continue
    days.add(day)
    kept.add(at)
  }
  return newestFirst.filter((at) => !kept.has(at))
}

/** A backup with the state of the databases at that time. */
export type MarkedBackup = BackupView & { mark: string }

/** The backups of a data folder, newest first. */
export type Backups = {
  list(): BackupView[]
  newest(): MarkedBackup | null
  /**
   * @param sources open databases by file name, see {@link BACKED_UP}
   * @param tidy called with the new copy of the replica before the backup becomes valid
   */
  take(
    sources: { 'replica.db': Db; 'hub.db'?: Db },
    reason: BackupReason,
    mark: string,
    tidy?: (file: string) => Promise<void>,
  ): Promise<BackupView>
  /** A backup was rewritten; its mark may no longer match. */
  noteRewritten(id: string): void
  /** The folder of a backup, or null if there is none of that name. */
  folderOf(id: string): string | null
}

/**
 * Backs up both databases by SQLite's online backup, each backup in its own folder that appears complete or not at all.
 * Evidence files never change and are not copied: they stay where they are.
 */
export function createBackups(folder: string, now: () => number, check: (file: string) => Promise<boolean>): Backups {
  const manifestOf = (id: string): Manifest | null => {
    const path = join(folder, id, 'manifest.json')
    if (!existsSync(path)) return null
    try {
      return Manifest.parse(JSON.parse(readFileSync(path, 'utf8')))
    } catch {
      return null
    }
  }

  function list(): MarkedBackup[] {
    if (!existsSync(folder)) return []
    return readdirSync(folder)
      .filter((id) => !id.startsWith('.'))
      .flatMap((id) => {
        const manifest = manifestOf(id)
        return manifest ? [{ id, ...manifest }] : []
      })
      .toSorted((a, b) => b.takenAt - a.takenAt)
  }

  /** A partial backup that is a day old will not be finished; a younger one may belong to another running process. */
  function forgetLeftovers(): void {
    if (!existsSync(folder)) return
    for (const name of readdirSync(folder).filter((one) => one.startsWith('.'))) {
      const path = join(folder, name)
      if (Date.now() - statSync(path).mtimeMs > DAY) rmSync(path, { recursive: true, force: true })
    }
  }

  return {
    list: () => list().map(({ mark: _mark, ...view }) => view),
    newest: () => list()[0] ?? null,

    async take(sources, reason, mark, tidy = () => Promise.resolve()) {
      const takenAt = now()
      forgetLeftovers()
      const time = new Date(takenAt).toISOString().replaceAll(':', '').replace('.', '-')
      const id = existsSync(join(folder, time)) ? `${time}-${randomUUID().slice(0, 8)}` : time
      const partial = join(folder, `.${id}.partial`)
      mkdirSync(partial, { recursive: true })
      const names = BACKED_UP.filter((name) => sources[name] !== undefined)
      for (const name of names) await sources[name]?.backup(join(partial, name))
      // A backup's hub must be usable elsewhere, so its key file is copied along, as in the data folder.
      const key = join(dirname(folder), HUB_KEY_FILE)
      if (sources['hub.db'] && existsSync(key)) copyFileSync(key, join(partial, HUB_KEY_FILE))
      await tidy(join(partial, 'replica.db'))
      let sound = true
      for (const name of names) {
        sound = (await check(join(partial, name))) && sound
        // Left by read-only connections; a backup has one file per database.
        for (const suffix of ['-wal', '-shm']) rmSync(join(partial, name + suffix), { force: true })
      }
      const bytes = names.reduce((sum, name) => sum + statSync(join(partial, name)).size, 0)
      const manifest: Manifest = { takenAt, reason, bytes, sound, mark }
      writeFileSync(join(partial, 'manifest.json'), JSON.stringify(manifest, null, 2), { flush: true })
      renameSync(partial, join(folder, id))
      const drop = new Set(
        backupsToDrop(
          list().map((one) => one.takenAt),
          now(),
        ),
      )
      for (const one of list()) if (drop.has(one.takenAt)) rmSync(join(folder, one.id), { recursive: true, force: true })
      return { id, takenAt, reason, bytes, sound }
    },

    noteRewritten(id) {
      const manifest = manifestOf(id)
      if (!manifest) return
      const bytes = BACKED_UP.reduce((sum, name) => sum + (statSync(join(folder, id, name), { throwIfNoEntry: false })?.size ?? 0), 0)
      const path = join(folder, id, 'manifest.json')
      writeFileSync(`${path}.new`, JSON.stringify({ ...manifest, bytes, mark: '' }, null, 2), { flush: true })
      renameSync(`${path}.new`, path)
    },

    folderOf: (id) => (/^\w[\w.-]*$/u.test(id) && manifestOf(id) ? join(folder, id) : null),
  }
}
