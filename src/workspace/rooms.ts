import { api, mayHaveChanged, type ApiHandlers, type Topic } from '#contract/api.ts'
import { serveApi } from '#contract/api-wire.ts'
import type { Channel } from '#contract/channel.ts'
import type { DemoState } from '#contract/demo-api.ts'
import { done, type Result } from '#contract/failures.ts'
import { handlerOf, mapHandlers, namesOf } from '#contract/procedure.ts'
import type { Language } from '#contract/workspace-api.ts'
import { MINUTE } from '#domain/durations.ts'
import { isClockOpen } from '#domain/incidents/clocks.ts'
import { isRunning } from '#domain/incidents/incident.ts'
import type { Workspace, WorkspaceOptions } from './workspace-options.ts'

/** The demo stays open this long for a page that is being reloaded. */
const LINGER_MS = 30_000
const OWN_LOOK_MS = 30_000
/** A clock of the real data that is due sooner than this recalls the viewer; same limit as the alarm. */
const URGENT_MS = 15 * MINUTE

export type Rooms = {
  /** Serves a page until its channel closes: the room with the data or, with a language, the demo. */
  receive(channel: Channel, demo: Language | null): void
  /** Ends the demo if one is open. The caller keeps the workspace. */
  close(): Promise<void>
}

export type RoomsOptions = {
  /** The room with the data. */
  workspace: Pick<Workspace, 'handlers' | 'watch'>
  /** Opens a demo in a temporary folder. */
  openDemo(language: Language): Promise<Workspace>
  log: WorkspaceOptions['log']
  /** Clock of the machine, milliseconds since 1970. */
  now?: () => number
}

/**
 * The rooms of one machine: the one with the data, and a demo that is opened for the first page that requests it and closed after
 * the last has left. A page stays in its room; its calls cannot reach the other.
 */
export function createRooms({ workspace, openDemo, log, now = Date.now }: RoomsOptions): Rooms {
  const onFault = (error: unknown) => log('error', 'A call failed', error)
  const viewers = new Set<(topics: readonly Topic[]) => void>()
  let demo: Promise<Workspace> | null = null
  let leaving: NodeJS.Timeout | undefined
  let closed = false
  /** Pages open in the room with the data. */
  let pages = 0

  function demoFor(language: Language): Promise<Workspace> {
    clearTimeout(leaving)
    if (demo) return demo
    const opening = openDemo(language).then(inViewersTheme)
    demo = opening
    opening.catch((error: unknown) => {
      log('error', 'The demo cannot be opened', error)
      if (demo === opening) demo = null
    })
    return opening
  }

  /** Applies the viewer's theme and mute setting to the demo. */
  async function inViewersTheme(opened: Workspace): Promise<Workspace> {
    const status = await workspace.handlers['workspace.status']({})
    if (!status.ok) return opened
    const { theme, muted } = status.value.preferences
    await opened.handlers['workspace.setPreferences']({ theme, ...(muted === undefined ? {} : { muted }) })
    return opened
  }

  async function endDemo(): Promise<void> {
    clearTimeout(leaving)
    const ending = demo
    demo = null
    try {
      const opened = await ending
      await opened?.close()
    } catch (error) {
      log('warn', 'The demo did not close as it should', error)
    }
  }

  /** State of the room with the data, so that a demo viewer notices a real clock that is about to run out. */
  async function own(): Promise<DemoState['own']> {
    const incidents = await workspace.handlers['incidents.list']({})
    if (!incidents.ok) return { now: now(), running: 0, nextDueAt: null, urgent: false }
    const running = incidents.value.filter(isRunning)
    const due = running.flatMap((incident) => incident.clocks.filter(isClockOpen).map((clock) => clock.dueAt))
    const nextDueAt = due.length === 0 ? null : Math.min(...due)
    return { now: now(), running: running.length, nextDueAt, urgent: nextDueAt !== null && nextDueAt - now() < URGENT_MS }
  }

  function handlersOf(opened: Promise<Workspace>): ApiHandlers {
    const withOwn = (answer: Result<DemoState>, mine: DemoState['own']) => (answer.ok ? done({ ...answer.value, own: mine }) : answer)
    return {
      ...mapHandlers<ApiHandlers>(namesOf(api), (name) => async (input) => handlerOf((await opened).handlers, name)(input)),
      'demo.state': async (input) => withOwn(await (await opened).handlers['demo.state'](input), await own()),
      'demo.control': async (input) => withOwn(await (await opened).handlers['demo.control'](input), await own()),
    }
  }

  const tellViewers = () => {
    for (const announce of viewers) announce(['workspace'])
  }
  const unwatchOwn = workspace.watch((topics) => {
    if (mayHaveChanged(topics, 'incidents.list', {})) tellViewers()
  })
  // Clocks become urgent by time alone, without a change of data.
  const timer = setInterval(tellViewers, OWN_LOOK_MS).unref()

  function showDemo(channel: Channel, language: Language): void {
    const opened = demoFor(language)
    const { announce } = serveApi(channel, handlersOf(opened), onFault)
    let here = true
    let unwatch = () => {}
    viewers.add(announce)
    opened.then(
      (room) => {
        if (here) unwatch = room.watch(announce)
      },
      // The error is logged above; the page learns it from its calls.
      () => {},
    )
    channel.onClose(() => {
      here = false
      unwatch()
      viewers.delete(announce)
      if (viewers.size === 0 && !closed) leaving = setTimeout(() => void endDemo(), LINGER_MS).unref()
    })
  }

  return {
    receive(channel, language) {
      if (language !== null) return showDemo(channel, language)
      const { announce } = serveApi(channel, workspace.handlers, onFault)
      const unwatch = workspace.watch(announce)
      pages += 1
      return channel.onClose(() => {
        unwatch()
        pages -= 1
        // A closed page has no presence focus, even while the device stays connected to the team.
        if (pages === 0 && !closed) void workspace.handlers['membership.look']({ place: null })
      })
    },
    async close() {
      closed = true
      clearInterval(timer)
      unwatchOwn()
      await endDemo()
    },
  }
}
