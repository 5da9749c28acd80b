import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { api, type ApiHandlers } from '#contract/api.ts'
import type { DemoPosition, DemoState } from '#contract/demo-api.ts'
import { done } from '#contract/failures.ts'
import { handlerOf, mapHandlers, namesOf } from '#contract/procedure.ts'
import type { Language } from '#contract/workspace-api.ts'
import { HOUR, MINUTE } from '#domain/durations.ts'
import type { TeamHub } from '#hub/team-hub.ts'
import { createAnnouncer } from '../announcer.ts'
import { openWorkspace, type Workspace, type WorkspaceOptions } from '../workspace.ts'
import { airPurifierIn } from './air-purifier.ts'
import { startDemo, type DemoPlayer } from './play-demo.ts'
import { createStoryClock, type StoryClock } from './story-clock.ts'

const LOOK_MS = 200
/** Hour of the story at which the demo opens: 01:30 at night, first statement due in an hour. */
const OPENING_HOUR = 5
const OPENING_SPEED = 60

const LAST_ACT_MS = (airPurifierIn('zh-Hans').acts.at(-1)?.at ?? 0) * MINUTE
/** Starts of the phases and the end of the story (C2-02…C2-05), milliseconds after the declaration. */
const POSITIONS: readonly { position: DemoPosition; after: number }[] = [
  { position: 'begin', after: 0 },
  { position: 'outbreak', after: 12 * HOUR },
  { position: 'peak', after: 48 * HOUR },
  { position: 'easing', after: 72 * HOUR },
  { position: 'end', after: LAST_ACT_MS },
]

export type DemoOptions = Pick<WorkspaceOptions, 'version' | 'workers' | 'log'> & {
  /** The language of the story. */
  language: Language
  /** When the story's incident is declared, milliseconds since 1970; by default the evening of 10 March 2026, local time. */
  declaredAt?: number
  /** Clock of the machine, milliseconds; only differences count. */
  wall?: () => number
}

type Telling = { folder: string; workspace: Workspace; player: DemoPlayer; clock: StoryClock; unwatch(): void }

/**
 * Opens a workspace in a temporary folder that plays the story of case 2 by itself, separate from all user data.
 * The folder is deleted when it closes. A jump back opens a new one and plays the story again.
 */
export async function openDemo(options: DemoOptions): Promise<Workspace> {
  const { version, workers, log } = options
  const declaredAt = options.declaredAt ?? new Date(2026, 2, 10, 20, 30).getTime()
  const wall = options.wall ?? (() => performance.now())
  const announcer = createAnnouncer()
  let { language } = options
  let speed = OPENING_SPEED
  let playing = true
  let closed = false

  async function tell(): Promise<Telling> {
    const folder = mkdtempSync(join(tmpdir(), 'stormroom-demo-'))
    const clock = createStoryClock(declaredAt, wall)
    const hub = Promise.withResolvers<TeamHub>()
    const workspace = await openWorkspace({
      dataFolder: folder,
      version,
      workers,
      log,
      now: clock.now,
      story: { rate: clock.rate, onHub: hub.resolve },
    })
    const unwatch = workspace.watch(announcer.announce)
    return { folder, workspace, clock, player: await startDemo(workspace.handlers, clock, language, hub.promise), unwatch }
  }

  async function end({ folder, workspace, unwatch }: Telling): Promise<void> {
    unwatch()
    await workspace.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }

  async function goTo(time: number): Promise<void> {
    const { clock } = telling
    clock.setRate(0)
    if (time < clock.now()) {
      const before = telling
      const seen = await before.workspace.handlers['workspace.status']({})
      // A restarted story uses the viewer's present language.
      if (seen.ok) language = seen.value.preferences.language ?? language
      telling = await tell()
      // The viewer's language and theme belong to the viewer, not to the story.
      if (seen.ok) await telling.workspace.handlers['workspace.setPreferences'](seen.value.preferences)
      await end(before)
    }
    await telling.player.playUntil(time)
    telling.clock.moveTo(time)
  }

  function setRate(): void {
    if (telling.player.ended()) playing = false
    telling.clock.setRate(playing ? speed : 0)
  }

  let telling = await tell()
  await goTo(declaredAt + OPENING_HOUR * HOUR)
  setRate()

  // One job at a time: due acts, or the viewer's requests.
  let queue: Promise<unknown> = Promise.resolve()
  function enqueue<T>(job: () => Promise<T>): Promise<T> {
    const result = queue.then(job)
    queue = result.catch((error: unknown) => log('error', 'The demo stumbled', error))
    return result
  }

  async function look(): Promise<void> {
    if (closed || !playing) return
    await telling.player.playUntil(telling.clock.now())
    if (!telling.player.ended()) return
    setRate()
    announcer.announce(['workspace'])
  }

  let looking = false
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    void enqueue(look).finally(() => {
      looking = false
    })
  }, LOOK_MS).unref()

  function state(): DemoState {
    const { player, clock } = telling
    const positions = POSITIONS.map(({ position, after }) => ({ position, at: declaredAt + after }))
    return { now: clock.now(), declaredAt, speed, playing, ended: player.ended(), incidentId: player.incidentId, positions, own: null }
  }

  const demo: Pick<ApiHandlers, 'demo.state' | 'demo.control'> = {
    'demo.state': () => done(state()),
    'demo.control': (input) =>
      enqueue(async () => {
        if (input.jumpTo !== undefined) {
          // A paused viewer stays paused after a jump; after the end, a jump plays on.
          if (telling.player.ended()) playing = true
          await goTo(declaredAt + (POSITIONS.find(({ position }) => position === input.jumpTo)?.after ?? 0))
        }
        speed = input.speed ?? speed
        playing = input.playing ?? playing
        setRate()
        announcer.announce(input.jumpTo === undefined ? ['workspace'] : ['*'])
        return done(state())
      }),
  }
  const passedOn = mapHandlers<ApiHandlers>(namesOf(api), (name) => (input) => handlerOf(telling.workspace.handlers, name)(input))

  return {
    handlers: { ...passedOn, ...demo },
    watch: announcer.watch,
    async close() {
      if (closed) return
      closed = true
      clearInterval(timer)
      await queue
      await end(telling)
      announcer.close()
    },
  }
}
