import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { APP_ORIGIN, desktopChannel } from '#contract/desktop-channels.ts'
import { desktopCalls, type DesktopCallInput, type DesktopCallName } from '#contract/desktop-ipc.ts'

/** One handler per call; it gets the parsed input and the calling contents, and returns whether it succeeded. */
export type DesktopHandlers = {
  [Name in DesktopCallName]: (input: DesktopCallInput<Name>, from: WebContents) => boolean | Promise<boolean>
}

export type IpcGuard = {
  ipcMain: Pick<IpcMain, 'handle'>
  /** Whether these contents belong to a window of ours. */
  isOurs(contents: WebContents): boolean
  onRefused(channel: string, why: 'sender' | 'input'): void
}

/**
 * Handles the page's calls: the only place where a handler is given to Electron. A call is refused if it does not come from
 * the main frame of the page in a window of ours, or if its input does not fit the schema; the caller learns no reason
 * (reliability study, section 9, item 17).
 */
export function answerDesktopCalls(guard: IpcGuard, handlers: DesktopHandlers): void {
  for (const name of Object.keys(desktopCalls) as DesktopCallName[]) answerOne(guard, name, handlers)
}

function answerOne<Name extends DesktopCallName>(guard: IpcGuard, name: Name, handlers: DesktopHandlers): void {
  const channel = desktopChannel(name)
  guard.ipcMain.handle(channel, async (event, ...args: unknown[]) => {
    if (!isFromPage(event, guard)) {
      guard.onRefused(channel, 'sender')
      throw new Error('refused')
    }
    const input = desktopCalls[name].safeParse(args[0])
    if (!input.success || args.length !== 1) {
      guard.onRefused(channel, 'input')
      throw new Error('refused')
    }
    // The schema of a name gives the input of its handler; the compiler cannot infer the pair.
    return handlers[name](input.data as DesktopCallInput<Name>, event.sender)
  })
}

function isFromPage(event: IpcMainInvokeEvent, guard: IpcGuard): boolean {
  const frame = event.senderFrame
  // The frame is null once it is gone, and its origin is that of the document it contains at this moment.
  return frame !== null && frame.parent === null && frame.origin === APP_ORIGIN && guard.isOurs(event.sender)
}
