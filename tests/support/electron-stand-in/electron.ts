/** What `import … from 'electron'` finds in the main process when the stand-in is registered. This is not Electron. */
export { app } from './app.ts'
export {
  dialog,
  nativeTheme,
  safeStorage,
  screen,
  shell,
  StandInNotification as Notification,
  StandInTray as Tray,
} from './desktop-things.ts'
export { ipcMain } from './ipc-main.ts'
export { StandInMenu as Menu } from './menu.ts'
export { StandInMessageChannel as MessageChannelMain } from './message-ports.ts'
export { nativeImage } from './native-image.ts'
export { protocol } from './protocol.ts'
export { record } from './record.ts'
export { session } from './session.ts'
export { utilityProcess } from './utility-process.ts'
export { StandInWindow as BrowserWindow } from './window.ts'
