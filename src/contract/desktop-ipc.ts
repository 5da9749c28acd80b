import { z } from 'zod'
import { RoomWish } from './demo-api.ts'
import { Language } from './workspace-api.ts'

/** An address within the app, as its router knows it: a path with perhaps a query, never another origin. */
export const AppPlace = z
  .string()
  .max(400)
  .regex(/^\/(?!\/)[\w\-/?=&%.:]*$/u)

/** A notification of the operating system that the page asks for, with the place that a click opens; null for none. */
export const DesktopNotice = z.strictObject({
  title: z.string().trim().min(1).max(120),
  body: z.string().trim().max(400),
  place: AppPlace.nullable(),
})
export type DesktopNotice = z.infer<typeof DesktopNotice>

/**
 * Every call from the page to the main process: its channel and its input. The replica is reached over the MessagePort that
 * `connect` requests instead.
 */
export const desktopCalls = {
  /** Requests a port to the replica; after a restart of the replica process a new one is sent automatically. */
  connect: RoomWish,
  notify: DesktopNotice,
  /** The language of menu, tray and dialogs. */
  setLanguage: z.strictObject({ language: Language }),
  setTheme: z.strictObject({ theme: z.enum(['auto', 'light', 'dark']) }),
  /** One line for the tray: the next clock that runs out, or null. */
  setNextClock: z.strictObject({ text: z.string().trim().min(1).max(120).nullable() }),
  /** Opens an https, mailto or tel address in an external application, after confirmation. */
  openLink: z.strictObject({ url: z.string().min(1).max(2000) }),
} satisfies Record<string, z.ZodType>

export type DesktopCallName = keyof typeof desktopCalls
export type DesktopCallInput<Name extends DesktopCallName> = z.output<(typeof desktopCalls)[Name]>

/** Requests of menu, tray, notifications and second starts to the page. */
export const DesktopCommand = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('declare') }),
  z.strictObject({ do: z.literal('search') }),
  z.strictObject({ do: z.literal('settings') }),
  z.strictObject({ do: z.literal('shortcuts') }),
  z.strictObject({ do: z.literal('open-incident'), incidentId: z.uuid() }),
  z.strictObject({ do: z.literal('open-place'), place: AppPlace }),
])
export type DesktopCommand = z.infer<typeof DesktopCommand>

/**
 * The API that the preload exposes to the page as `window.stormroom`, frozen. Ports to the replica arrive separately, as
 * `window.postMessage({ stormroom: 'port' }, origin, [port])`: once after `connect`, and again after each restart of the
 * replica process. Actions return whether the shell performed them.
 */
export type DesktopBridge = {
  /** As in Node's `process.platform`. */
  readonly platform: string
  /** Call once the page listens for its port; pass a language to show the demo in that language. */
  connect(demo?: Language): void
  notify(notice: DesktopNotice): Promise<boolean>
  setLanguage(language: Language): Promise<boolean>
  setTheme(theme: 'auto' | 'light' | 'dark'): Promise<boolean>
  setNextClock(text: string | null): Promise<boolean>
  openLink(url: string): Promise<boolean>
  /** Commands of menu, tray, notifications and second starts. Returns the unsubscribe function. */
  onCommand(listener: (command: DesktopCommand) => void): () => void
}
