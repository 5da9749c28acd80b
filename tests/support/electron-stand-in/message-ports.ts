import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'

/** Where one end of a channel was transferred to: a page or a child process. */
export type Elsewhere = { deliver(data: unknown): void; closed(): void }

type Event = Pick<Electron.MessageEvent, 'data' | 'ports'>

/**
 * One end of a message channel of the stand-in. Messages are queued until a listener is added; after a transfer they are passed on.
 */
export class StandInPort extends EventEmitter implements Pick<Electron.MessagePortMain, 'postMessage' | 'start' | 'close'> {
  other: StandInPort | null = null
  private readonly waiting: unknown[] = []
  private started = false
  private isClosed = false
  private elsewhere: Elsewhere | null = null

  postMessage(message: unknown, transfer?: Electron.MessagePortMain[]): void {
    if (transfer && transfer.length > 0) throw new Error('The stand-in sends no port over a port')
    // A copy, as in Electron: neither side may see the other's later changes.
    this.other?.receive(structuredClone(message))
  }

  start(): void {
    this.started = true
    this.drain()
  }

  close(): void {
    this.closeHere()
    this.other?.closeHere()
  }

  /** Transfers this end. Messages from there are passed to the returned functions. */
  moveTo(elsewhere: Elsewhere): { fromThere(data: unknown): void; closedThere(): void } {
    this.elsewhere = elsewhere
    this.drain()
    if (this.isClosed) elsewhere.closed()
    return { fromThere: (data) => this.postMessage(data), closedThere: () => this.close() }
  }

  private receive(data: unknown): void {
    if (this.isClosed) return
    this.waiting.push(data)
    this.drain()
  }

  private drain(): void {
    if (!this.elsewhere && !this.started) return
    for (const data of this.waiting.splice(0)) {
      if (this.elsewhere) this.elsewhere.deliver(data)
      else this.emit('message', { data, ports: [] } satisfies Event)
    }
  }

  private closeHere(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.elsewhere?.closed()
    this.emit('close')
  }
}

/** The stand-in's `MessageChannelMain`. */
export class StandInMessageChannel implements Record<keyof Electron.MessageChannelMain, unknown> {
  readonly port1 = new StandInPort()
  readonly port2 = new StandInPort()

  constructor() {
    this.port1.other = this.port2
    this.port2.other = this.port1
  }
}
