import { z } from 'zod'
import { RoomWish } from './demo-api.ts'
import { Language } from './workspace-api.ts'

/** What the page may say to the desktop shell: a notice of the operating system about an incident, or about none. */
export const DesktopNotice = z.strictObject({
  title: z.string().trim().min(1).max(120),
  body: z.string().trim().max(400),
  incidentId: z.uuid().nullable(),
})
export type DesktopNotice = z.infer<typeof DesktopNotice>

/**
 * Every call from the page to the main process: its channel and what it takes. The replica is not reached this way but
 * over the MessagePort that `connect` brings.
 */
export const desktopCalls = {
  /** Asks for a port to the replica; another one comes by itself when the replica process was restarted. */
  connect: RoomWish,
  notify: DesktopNotice,
  /** The language of menu, tray and dialogs. */
  setLanguage: z.strictObject({ language: Language }),
  setTheme: z.strictObject({ theme: z.enum(['auto', 'light', 'dark']) }),
  /** One line for the tray: the clock that runs out next, or null. */
  setNextClock: z.strictObject({ text: z.string().trim().min(1).max(120).nullable() }),
  /** Opens an https, mailto or tel address outside, after asking. */
  openLink: z.strictObject({ url: z.string().min(1).max(2000) }),
} satisfies Record<string, z.ZodType>

export type DesktopCallName = keyof typeof desktopCalls
export type DesktopCallInput<Name extends DesktopCallName> = z.output<(typeof desktopCalls)[Name]>

/** What menu, tray, a notice or a second start ask the page to do. */
export const DesktopCommand = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('declare') }),
  z.strictObject({ do: z.literal('search') }),
  z.strictObject({ do: z.literal('settings') }),
  z.strictObject({ do: z.literal('shortcuts') }),
  z.strictObject({ do: z.literal('open-incident'), incidentId: z.uuid() }),
])
export type DesktopCommand = z.infer<typeof DesktopCommand>

/**
 * What the preload gives the page as `window.stormroom`, frozen. A port to the replica arrives apart from it, as
 * `window.postMessage({ stormroom: 'port' }, origin, [port])`: once after `connect`, and again whenever the replica process
 * was restarted. Acts say whether the shell did them.
 */
export type DesktopBridge = {
  /** As in Node's `process.platform`. */
  readonly platform: string
  /** Call once the page listens for its port; with a language to see the demo told in it. */
  connect(demo?: Language): void
  notify(notice: DesktopNotice): Promise<boolean>
  setLanguage(language: Language): Promise<boolean>
  setTheme(theme: 'auto' | 'light' | 'dark'): Promise<boolean>
  setNextClock(text: string | null): Promise<boolean>
  openLink(url: string): Promise<boolean>
  /** Commands of menu, tray, notices and second starts. Returns the way to stop. */
  onCommand(listener: (command: DesktopCommand) => void): () => void
}
