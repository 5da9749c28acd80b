import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

/** The code of a file without comments, which may name the forbidden things. */
function codeOf(path: string): string {
  return readFileSync(path, 'utf8')
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
}

function filesBelow(folder: string): { path: string; code: string }[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(ROOT, path).replaceAll('\\', '/'), code: codeOf(path) }))
}

const SHELL = filesBelow(join(ROOT, 'src/desktop'))
const REST = filesBelow(join(ROOT, 'src')).filter(({ path }) => !path.startsWith('src/desktop/'))

type Rule = {
  row: string
  pattern: RegExp
  /** How often the pattern may and must occur, by file. */
  expected: Record<string, number>
  /** A line that the pattern must match, so that a rule that matches nothing fails. */
  wrong: string
}

const MAIN = 'src/desktop/main'

const RULES: Rule[] = [
  { row: '9.1 no address of a network', pattern: /['"`](http|ws):/, expected: {}, wrong: "window.loadURL('http://example.com')" },
  {
    row: '9.1 one page is loaded, and by name',
    pattern: /\.loadURL\(/,
    expected: { [`${MAIN}/window.ts`]: 1 },
    wrong: 'view.loadURL(address)',
  },
  {
    row: '9.2 one window factory',
    pattern: /new (BrowserWindow|BaseWindow|BrowserView|WebContentsView)\(/,
    expected: { [`${MAIN}/window.ts`]: 1 },
    wrong: 'const popup = new BrowserWindow({})',
  },
  {
    row: '9.2 Node stays out of pages',
    pattern: /nodeIntegration\w*: true|contextIsolation: false|sandbox: false|webviewTag: true/,
    expected: {},
    wrong: 'nodeIntegrationInWorker: true',
  },
  {
    row: '9.4 every process is in the sandbox',
    pattern: /app\.enableSandbox\(\)/,
    expected: { [`${MAIN}/start-desktop.ts`]: 1 },
    wrong: 'app.enableSandbox()',
  },
  {
    row: '9.5 permissions on request',
    pattern: /setPermissionRequestHandler\(/,
    expected: { [`${MAIN}/session-guard.ts`]: 1 },
    wrong: 's.setPermissionRequestHandler(null)',
  },
  {
    row: '9.5 permissions on check',
    pattern: /setPermissionCheckHandler\(/,
    expected: { [`${MAIN}/session-guard.ts`]: 1 },
    wrong: 's.setPermissionCheckHandler(null)',
  },
  { row: '9.5 one session, the guarded one', pattern: /fromPartition|partition:/, expected: {}, wrong: "session.fromPartition('x')" },
  {
    row: '9.6 9.8 9.9 9.10 defaults of web security',
    pattern: /webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|appendSwitch/,
    expected: {},
    wrong: 'webSecurity: false',
  },
  {
    row: '9.15 one way out',
    pattern: /\.openExternal\(|\.openPath\(/,
    expected: { [`${MAIN}/open-link.ts`]: 1 },
    wrong: 'shell.openExternal(url)',
  },
  {
    row: '9.17 one place that answers calls',
    pattern: /ipcMain\.(handle|handleOnce|on|once)\(/,
    expected: { [`${MAIN}/ipc.ts`]: 1 },
    wrong: "ipcMain.on('x', run)",
  },
  {
    row: '9.18 no files as pages',
    pattern: /loadFile\(|file:\/\/|registerFileProtocol|interceptFileProtocol|net\.fetch/,
    expected: {},
    wrong: "window.loadFile('index.html')",
  },
  {
    row: '9.18 one scheme',
    pattern: /protocol\.handle\(/,
    expected: { [`${MAIN}/start-desktop.ts`]: 1 },
    wrong: "protocol.handle('x', run)",
  },
  {
    row: '9.20 the preload exposes once',
    pattern: /exposeIn\w+\(/,
    expected: { 'src/desktop/preload/start-preload.ts': 1 },
    wrong: "contextBridge.exposeInMainWorld('x', y)",
  },
  {
    row: 'no code from text',
    pattern: /\beval\(|new Function\(|executeJavaScript\(|child_process/,
    expected: {},
    wrong: 'contents.executeJavaScript(text)',
  },
  {
    row: 'no crash reports, no update by itself',
    pattern: /crashReporter|autoUpdater|electron-updater/,
    expected: {},
    wrong: 'autoUpdater.checkForUpdates()',
  },
  {
    row: 'one instance',
    pattern: /requestSingleInstanceLock\(/,
    expected: { [`${MAIN}/start-desktop.ts`]: 1 },
    wrong: 'app.requestSingleInstanceLock()',
  },
]

function count(pattern: RegExp, files: readonly { path: string; code: string }[]): Record<string, number> {
  const all = new RegExp(pattern, 'g')
  return Object.fromEntries(files.map(({ path, code }) => [path, code.match(all)?.length ?? 0] as const).filter(([, found]) => found > 0))
}

test('the shell is there to be checked', () => {
  expect(SHELL.length).toBeGreaterThan(15)
  expect(REST.length).toBeGreaterThan(50)
})

test.each(RULES)('reliability study $row', ({ pattern, expected, wrong }) => {
  expect(count(pattern, SHELL)).toEqual(expected)
  expect(count(pattern, [{ path: 'wrong.ts', code: wrong }])).toEqual({ 'wrong.ts': 1 })
})

test('reliability study 9.17, 9.20: the preload takes two things of Electron and gives neither away', () => {
  const preload = SHELL.find(({ path }) => path.endsWith('start-preload.ts'))
  expect(
    preload?.code
      .match(/import \{([^}]*)\} from 'electron'/)?.[1]
      ?.split(',')
      .map((name) => name.trim()),
  ).toEqual(['contextBridge', 'ipcRenderer', 'type IpcRendererEvent'])
  expect(preload?.code).not.toMatch(/require\(|process\.(env|argv|versions)/)
})

test('Electron is known to the shell alone', () => {
  expect(count(/from 'electron'/, REST)).toEqual({})
})

/** The three newest majors, the only ones with security fixes, on 22 November 2026 (Electron documentation, "Electron releases"). */
const SUPPORTED_MAJORS = [43, 44, 45]

test('reliability study 9.16: Electron is of a supported major', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8')) as { version: string }
  expect(SUPPORTED_MAJORS).toContain(Number.parseInt(version, 10))
})
