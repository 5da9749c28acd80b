import { api, mayHaveChanged, type ApiHandlers, type Topic } from '#contract/api.ts'
import { serveApi } from '#contract/api-wire.ts'
import type { Channel } from '#contract/channel.ts'
import type { DemoState } from '#contract/demo-api.ts'
import { done, type Result } from '#contract/failures.ts'
import { handlerOf, mapHandlers, namesOf } from '#contract/procedure.ts'
import type { Language } from '#contract/workspace-api.ts'
import { isClockOpen } from '#domain/incidents/clocks.ts'
import { isRunning } from '#domain/incidents/incident.ts'
import type { Workspace, WorkspaceOptions } from './workspace-options.ts'

/** The demo waits this long for a page that is only being loaded again. */
const LINGER_MS = 30_000
const OWN_LOOK_MS = 30_000
/** A clock of one's own that is nearer than this calls the viewer back; the alarm's own limit. */
const URGENT_MS = 15 * 60_000

export type Rooms = {
  /** Serves a page until its channel closes: in the room with the data, or, given a language, in the demo beside it. */
  receive(channel: Channel, demo: Language | null): void
  /** Ends the demo if one is open. The workspace stays the caller's. */
  close(): Promise<void>
}

export type RoomsOptions = {
  /** The room with the data. */
  workspace: Pick<Workspace, 'handlers' | 'watch'>
  /** Opens a demo in a folder of its own. */
  openDemo(language: Language): Promise<Workspace>
  log: WorkspaceOptions['log']
  /** Clock of the machine, milliseconds since 1970. */
  now?: () => number
}

/**
 * The rooms of one machine: the one with the data, and a demo that is opened for the first page that asks for it and is gone
 * when the last has left. A page stays where it was received; nothing it says in the one room can reach the other.
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

  /** A dark room stays dark, and a muted machine silent. */
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

  /** What waits in the room with the data, so that nobody watches a story while a real clock runs out. */
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
  // Time alone makes a clock urgent.
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
      // Said to the log above; the page learns it from its calls.
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
        // Whose last page is closed looks at nothing any more, though the device stays in touch with the team.
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
