import { LinkDown } from '#contract/hub-link.ts'
import type { LinkOwner } from '#hub/accounts/link-owner.ts'
import type { Links } from '#hub/session/links.ts'
import { openHub } from '#hub/open-hub.ts'
import { createTeamHub, type TeamHub } from '#hub/team-hub.ts'
import type { SnapshotBounds } from '#hub/snapshots/snapshots.ts'
import type { Db } from '#storage/open-database.ts'

export type HubParts = {
  folder: string
  evidenceFolder: string
  file: string
  now(): number
  uuid(): string
  snapshots: SnapshotBounds
  onFault(detail: string): void
}

/** A hub as a process: it can be killed at any moment and restarted over its file. */
export type HubProcess = {
  readonly up: boolean
  /** Number of starts of this process. */
  readonly run: number
  readonly db: Db
  readonly team: TeamHub
  start(): Promise<void>
  kill(): void
  /** Resolves when the work that was running at the kill has ended. */
  ended(): Promise<unknown>
  open: Links['open']
  /** The result of work at the hub; rejects when the hub dies first. */
  orDeath<T>(work: Promise<T>): Promise<T>
}

export function createHubProcess({ folder, evidenceFolder, file, now, uuid, snapshots, onFault }: HubParts): HubProcess {
  let live: { db: Db; team: TeamHub; death: Promise<never>; die(): void } | null = null
  let run = 0
  const works = new Set<Promise<unknown>>()
  const alive = () => {
    if (!live) throw new LinkDown('nobody answers')
    return live
  }
  return {
    get up() {
      return live !== null
    },
    get run() {
      return run
    },
    get db() {
      return alive().db
    },
    get team() {
      return alive().team
    },
    async start() {
      const opened = openHub(file, true, now)
      if (!opened.ok) throw new Error(opened.trouble.detail)
      run += 1
      const mine = run
      const { hub } = opened
      const team = await createTeamHub({
        hub,
        dataFolder: folder,
        evidenceFolder,
        version: 'test',
        // Log messages of a killed process are ignored.
        log: (level, message, detail) =>
          void (level !== 'info' && live !== null && run === mine && onFault(`${message}: ${JSON.stringify(detail)}`)),
        now,
        uuid,
        snapshots,
      })
      let die = () => {}
      const death = new Promise<never>((_resolve, reject) => {
        die = () => reject(new LinkDown('the hub died'))
      })
      death.catch(() => undefined)
      live = { db: hub.db, team, death, die }
    },
    kill() {
      if (!live) return
      const { db, die } = live
      live = null
      db.close()
      die()
    },
    ended: () => Promise.allSettled(works),
    open: (owner: LinkOwner, told, ended) => alive().team.links.open(owner, told, ended),
    orDeath: (work) => {
      const one = work.catch(() => undefined)
      works.add(one)
      void one.then(() => works.delete(one))
      return Promise.race([work, alive().death])
    },
  }
}
