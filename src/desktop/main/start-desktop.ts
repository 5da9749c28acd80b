import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  app,
  Menu,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  dialog,
  ipcMain,
  utilityProcess,
} from 'electron'
import { COMMAND_CHANNEL } from '#contract/desktop-channels.ts'
import type { DesktopCommand } from '#contract/desktop-ipc.ts'
import { defaultDataFolder, PRIVATE_UMASK } from '#workspace/data-folder.ts'
import { askToLeave } from './ask-to-leave.ts'
import { createAppProtocol } from './app-protocol.ts'
import { guardContents } from './contents-guard.ts'
import { answerDesktopCalls } from './ipc.ts'
import { asksForDemo, incidentOfSecondStart, parseLaunchArguments } from './launch-arguments.ts'
import { keyFromStore } from './key-store.ts'
import { createRefusalLog, writeLog } from './log.ts'
import { menuTemplate } from './menu.ts'
import { showNotice } from './notifications.ts'
import { openLink } from './open-link.ts'
import { refusedSwitch } from './production-switches.ts'
import { profileFolder } from './profile-folder.ts'
import { recoverPage } from './recover-page.ts'
import { keepReplicaRunning } from './replica-process.ts'
import { guardSession } from './session-guard.ts'
import { createTray } from './tray.ts'
import { focusWindow, openWindow, pageBackground } from './window.ts'
import { languageOfSystem, wordsIn } from './words.ts'

process.umask(PRIVATE_UMASK)

const built = dirname(fileURLToPath(import.meta.url))
const resources = join(built, '../../resources')
const launch = parseLaunchArguments(process.argv.slice(1), process.cwd())
const demo = asksForDemo(process.argv.slice(1))
const usualFolder = launch.dataFolder ?? defaultDataFolder()
// The demo has its own folder and instance: both may be open at once.
const dataFolder = demo ? join(usualFolder, 'demo') : usualFolder
const profile = profileFolder(dataFolder, app.getPath('userData'))

app.setPath('userData', profile)
app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])

const refused = app.isPackaged ? refusedSwitch(process.argv.slice(1), process.platform, (name) => app.commandLine.hasSwitch(name)) : null
if (refused !== null) {
  writeLog('error', `The app does not start with the switch ${refused}`)
  app.exit(1)
}
// Chromium reorders the arguments it hands over, so ours are passed separately.
else if (!app.requestSingleInstanceLock({ argv: process.argv.slice(1) })) app.quit()
// Electron is ready only after this module has run, so nothing here may wait for it.
else app.whenReady().then(start).catch(giveUp)

function giveUp(error: unknown): void {
  writeLog('error', 'The app cannot start', error)
  app.exit(1)
}

function start(): void {
  let words = wordsIn(languageOfSystem(app.getLocale()))
  let nextClock: string | null = null
  let waiting: DesktopCommand | null = launch.incidentId === null ? null : { do: 'open-incident', incidentId: launch.incidentId }
  const onRefused = createRefusalLog()

  guardSession(session.defaultSession)
  app.on('web-contents-created', (_event, contents) => guardContents(contents, onRefused))
  protocol.handle('app', createAppProtocol(join(built, '../renderer')))

  const replica = keepReplicaRunning({
    fork: () => utilityProcess.fork(join(built, 'start-replica-process.js'), [], { serviceName: 'Stormroom replica', stdio: 'inherit' }),
    openChannel: () => new MessageChannelMain(),
    opening: {
      do: 'open',
      dataFolder,
      version: app.getVersion(),
      appKey: demo ? null : keyFromStore({ dataFolder, safeStorage, platform: process.platform, log: writeLog }),
      ...(demo ? { demo: languageOfSystem(app.getLocale()) } : {}),
    },
    onCrash: (code, waitMs) => writeLog('error', `The replica process ended with code ${code}; it is started again in ${waitMs} ms`),
    now: Date.now,
  })

  const window = openWindow({
    title: words.appName,
    preload: join(built, '../preload/start-preload.cjs'),
    icon: join(resources, 'icons/256x256.png'),
    stateFile: join(profile, 'window.json'),
    workAreas: workAreas(),
    dark: nativeTheme.shouldUseDarkColors,
    developerTools: !app.isPackaged,
  })
  recoverPage(window.webContents)
  askToLeave({ window, dialog, words: () => words })
  const ask = (command: DesktopCommand) => {
    focusWindow(window)
    window.webContents.send(COMMAND_CHANNEL, command)
  }
  const showMenu = () =>
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(menuTemplate({ words, isMac: process.platform === 'darwin', isDevelopment: !app.isPackaged, ask })),
    )
  const showInTray = createTray(
    {
      icon: nativeImage.createFromPath(join(resources, 'tray', trayIcon())),
      window,
      focus: () => focusWindow(window),
      quit: () => app.quit(),
    },
    { words, nextClock },
  )
  showMenu()
  nativeTheme.on('updated', () => window.isDestroyed() || window.setBackgroundColor(pageBackground(nativeTheme.shouldUseDarkColors)))

  answerDesktopCalls(
    { ipcMain, isOurs: (contents) => contents === window.webContents, onRefused },
    {
      connect(input, page) {
        replica.connect(page, input.demo)
        if (waiting) page.send(COMMAND_CHANNEL, waiting)
        waiting = null
        return true
      },
      notify: (notice) =>
        showNotice(notice, () => (notice.place === null ? focusWindow(window) : ask({ do: 'open-place', place: notice.place }))),
      setLanguage({ language }) {
        words = wordsIn(language)
        showMenu()
        showInTray({ words, nextClock })
        return true
      },
      setTheme({ theme }) {
        nativeTheme.themeSource = theme === 'auto' ? 'system' : theme
        return true
      },
      setNextClock({ text }) {
        nextClock = text
        showInTray({ words, nextClock })
        return true
      },
      openLink: ({ url }) => openLink(url, { window, dialog, shell, words }),
    },
  )

  app.on('second-instance', (_event, _argv, _workingFolder, handedOver) => {
    const incidentId = incidentOfSecondStart(handedOver)
    if (incidentId === null) focusWindow(window)
    else ask({ do: 'open-incident', incidentId })
  })
  quitAfterReplica(replica.close)
}

/** Lets the replica close its files before the application ends, after its window is gone. */
function quitAfterReplica(closeReplica: () => Promise<void>): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void closeReplica().then(() => {
      closed = true
      app.quit()
    })
  })
}

function workAreas(): Parameters<typeof openWindow>[0]['workAreas'] {
  const first = screen.getPrimaryDisplay()
  return [
    first.workArea,
    ...screen
      .getAllDisplays()
      .filter((display) => display.id !== first.id)
      .map((display) => display.workArea),
  ]
}

/** macOS tints a black template itself; Windows takes several sizes from one file. */
function trayIcon(): string {
  return process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'
}
