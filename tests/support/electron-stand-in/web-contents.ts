import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type * as Electron from 'electron'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { toPage, toShell } from './addresses.ts'
import { answerInvoke } from './ipc-main.ts'
import type { StandInPort } from './message-ports.ts'
import { pageScripts, PRELOAD_WORLD } from './page-script.ts'
import { decodeFromPage, encodeForPage } from './page-values.ts'
import { answerRequest } from './protocol.ts'
import { record } from './record.ts'
import { defaultSession } from './session.ts'

type Used = 'send' | 'postMessage' | 'setWindowOpenHandler' | 'reload' | 'isDestroyed' | 'getURL'
type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0]
type FromPage = { kind: 'invoke' | 'port' | 'port-closed'; id: number; channel: string; args: unknown[]; data: unknown }
type PausedRequest = { requestId: string; request: { url: string; method: string }; resourceType: string; frameId: string }

const SHELL_ORIGIN = 'app://stormroom'
const BINDING = 'electronStandIn'

/** The stand-in's web contents: one page of a real Chromium, controlled over the DevTools protocol. */
export class StandInWebContents extends EventEmitter implements Pick<Electron.WebContents, Used> {
  private readonly secret = `stand-in-${randomUUID()}`
  private readonly preload: string
  private readonly preferences: Electron.WebPreferences
  private readonly opened: Promise<{ page: Page; cdp: CDPSession; mainFrame: string }>
  private readonly ports = new Map<number, { fromThere(data: unknown): void; closedThere(): void }>()
  private openHandler: OpenHandler = () => ({ action: 'allow' })
  private world: number | null = null
  private readonly unsent: string[] = []
  private nextPort = 0
  /** Number of document requests that the shell itself made. */
  private ownNavigations = 0
  private destroyed = false

  constructor(context: Promise<BrowserContext>, preferences: Electron.WebPreferences) {
    super()
    this.preferences = preferences
    this.preload = preferences.preload === undefined ? '' : readFileSync(preferences.preload, 'utf8')
    this.opened = context.then((browser) => this.open(browser))
  }

  async loadURL(address: string): Promise<void> {
    record.loadedAddresses.push(address)
    const { page } = await this.opened
    this.ownNavigations++
    await page.goto(toPage(address))
    this.emit('did-finish-load')
  }

  reload(): void {
    this.ownNavigations++
    void this.opened.then(({ page }) => page.reload())
  }

  getURL(): string {
    return this.page ? toShell(this.page.url()) : ''
  }

  send(channel: string, ...args: unknown[]): void {
    this.say({ kind: 'message', channel, args: args.map(encodeForPage), ports: [] })
  }

  postMessage(channel: string, message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    const ports = transfer.map((port) => {
      const id = this.nextPort++
      const sent = (port as unknown as StandInPort).moveTo({
        deliver: (data) => queueMicrotask(() => this.say({ kind: 'port', id, data: encodeForPage(data) })),
        closed: () => queueMicrotask(() => this.say({ kind: 'port-closed', id })),
      })
      this.ports.set(id, sent)
      return id
    })
    this.say({ kind: 'message', channel, args: [encodeForPage(message)], ports })
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }

  /** Exists in Electron, but is not declared. */
  getLastWebPreferences(): Electron.WebPreferences {
    return { ...this.preferences }
  }

  isDestroyed(): boolean {
    return this.destroyed
  }

  async resize(width: number, height: number): Promise<void> {
    const { page } = await this.opened
    await page.setViewportSize({ width, height })
  }

  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    this.closePorts()
    this.emit('destroyed')
  }

  private page: Page | null = null

  private async open(browser: BrowserContext): Promise<{ page: Page; cdp: CDPSession; mainFrame: string }> {
    const page = browser.pages()[0] ?? (await browser.newPage())
    this.page = page
    const cdp = await browser.newCDPSession(page)
    await cdp.send('Page.enable')
    const { frameTree } = await cdp.send('Page.getFrameTree')
    const mainFrame = frameTree.frame.id
    browser.on('page', (other) => void other.close())
    cdp.on('Page.windowOpen', ({ url }) => this.pageOpens(url))
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === PRELOAD_WORLD && context.auxData?.['frameId'] === mainFrame) this.worldIs(context.id, cdp)
    })
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === BINDING) this.receive(JSON.parse(payload) as FromPage)
    })
    cdp.on('Fetch.requestPaused', (paused) => void this.answer(cdp, paused, mainFrame))
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }))
    await cdp.send('Runtime.enable')
    await cdp.send('Runtime.addBinding', { name: BINDING, executionContextName: PRELOAD_WORLD })
    const scripts = pageScripts({ secret: this.secret, binding: BINDING, platform: process.platform }, this.preload)
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName: PRELOAD_WORLD })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page })
    await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
    await this.grantPermissions(cdp)
    return { page, cdp, mainFrame }
  }

  private async grantPermissions(cdp: CDPSession): Promise<void> {
    for (const { chromiumName, granted, origin } of defaultSession.decide(SHELL_ORIGIN, this as unknown as Electron.WebContents)) {
      await cdp.send('Browser.setPermission', { permission: { name: chromiumName }, setting: granted ? 'granted' : 'denied', origin })
    }
  }

  /** A document was loaded: its ports are new, and messages queued meanwhile are sent to it. */
  private worldIs(id: number, cdp: CDPSession): void {
    this.closePorts()
    this.world = id
    for (const expression of this.unsent.splice(0)) this.evaluate(cdp, expression)
  }

  private say(message: object): void {
    if (this.destroyed) return
    const expression = `globalThis[${JSON.stringify(this.secret)}](${JSON.stringify(message)})`
    void this.opened.then(({ cdp }) => {
      if (this.world === null) this.unsent.push(expression)
      else this.evaluate(cdp, expression)
    })
  }

  private evaluate(cdp: CDPSession, expression: string): void {
    // As in Electron, a document that is gone receives nothing.
    cdp.send('Runtime.evaluate', { expression, ...(this.world === null ? {} : { contextId: this.world }) }).catch(() => {})
  }

  private receive(message: FromPage): void {
    if (message.kind === 'port') this.ports.get(message.id)?.fromThere(decodeFromPage(message.data))
    else if (message.kind === 'port-closed') this.ports.get(message.id)?.closedThere()
    else {
      // Only the main frame has the binding's preload.
      const senderFrame = { origin: toShell(originOf(this.page?.url() ?? '')), parent: null, url: this.getURL() }
      const event = { sender: this, senderFrame, frameId: 0, processId: 0, type: 'frame' } as unknown as Electron.IpcMainInvokeEvent
      answerInvoke(event, message.channel, message.args.map(decodeFromPage)).then(
        (value) => this.say({ kind: 'answer', id: message.id, ok: true, value: encodeForPage(value) }),
        (error: unknown) =>
          this.say({
            kind: 'answer',
            id: message.id,
            ok: false,
            message: `Error invoking remote method '${message.channel}': ${String(error)}`,
          }),
      )
    }
  }

  private pageOpens(address: string): void {
    const { action } = this.openHandler({
      url: toShell(address),
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: 'default' },
    } as Electron.HandlerDetails)
    record.windowOpens.push({ address: toShell(address), action })
    if (action !== 'deny') throw new Error('The stand-in opens no second window')
  }

  private async answer(cdp: CDPSession, { requestId, request, resourceType, frameId }: PausedRequest, mainFrame: string): Promise<void> {
    const address = toShell(request.url)
    const mayGo = resourceType !== 'Document' || this.mayNavigate(address, frameId === mainFrame)
    const response = mayGo && address !== request.url ? await answerRequest(address, request.method) : null
    if (mayGo && !response) record.foreignRequests.push(request.url)
    const answered = response
      ? cdp.send('Fetch.fulfillRequest', {
          requestId,
          responseCode: response.status,
          responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
          body: Buffer.from(await response.arrayBuffer()).toString('base64'),
        })
      : cdp.send('Fetch.failRequest', { requestId, errorReason: mayGo ? 'BlockedByClient' : 'Aborted' })
    // The page may have cancelled the request meanwhile, for another one or because it was closed.
    await answered.catch(() => {})
  }

  /** Asks the shell as Electron does: about every frame, and a second time about the main frame. */
  private mayNavigate(address: string, isMainFrame: boolean): boolean {
    if (isMainFrame && this.ownNavigations > 0) {
      this.ownNavigations--
      return true
    }
    const prevented =
      this.isPrevented('will-frame-navigate', address, isMainFrame) || (isMainFrame && this.isPrevented('will-navigate', address, true))
    record.navigations.push({ address, prevented })
    return !prevented
  }

  private isPrevented(name: 'will-frame-navigate' | 'will-navigate', url: string, isMainFrame: boolean): boolean {
    let prevented = false
    const preventDefault = () => {
      prevented = true
    }
    this.emit(name, { url, isMainFrame, isSameDocument: false, frame: null, initiator: null, preventDefault })
    return prevented
  }

  private closePorts(): void {
    for (const port of this.ports.values()) port.closedThere()
    this.ports.clear()
  }
}

function originOf(address: string): string {
  return URL.parse(address)?.origin ?? 'null'
}
