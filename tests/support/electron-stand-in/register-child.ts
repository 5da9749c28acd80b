import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import type { FromChild, ToChild } from './child-messages.ts'
import { StandInMessageChannel } from './message-ports.ts'

// Loaded with --import into the child that plays a utility process: gives it a `process.parentPort`.

const ports = new Map<number, { fromThere(data: unknown): void; closedThere(): void }>()

function say(message: FromChild): void {
  // The main process may just have exited; the send error is ignored.
  if (process.connected) process.send?.(message, undefined, undefined, () => {})
}

function openPort(id: number): Electron.MessagePortMain {
  const { port1, port2 } = new StandInMessageChannel()
  ports.set(id, port2.moveTo({ deliver: (data) => say({ kind: 'port', id, data }), closed: () => say({ kind: 'port-closed', id }) }))
  // Our port has the part of Electron's port that is used.
  return port1 as unknown as Electron.MessagePortMain
}

/** Queues messages until a listener is added, as Electron guarantees for this port. */
class ParentPort extends EventEmitter implements Pick<Electron.ParentPort, 'postMessage'> {
  private readonly waiting: Pick<Electron.MessageEvent, 'data' | 'ports'>[] = []

  constructor() {
    super()
    this.on('newListener', () => setImmediate(() => this.drain()))
  }

  postMessage(data: unknown): void {
    say({ kind: 'message', data })
  }

  receive(data: unknown, portIds: number[]): void {
    this.waiting.push({ data, ports: portIds.map(openPort) })
    this.drain()
  }

  private drain(): void {
    if (this.listenerCount('message') > 0) for (const event of this.waiting.splice(0)) this.emit('message', event)
  }
}

const parentPort = new ParentPort()
Object.defineProperty(process, 'parentPort', { value: parentPort })

process.on('message', (message: ToChild) => {
  if (message.kind === 'message') parentPort.receive(message.data, message.ports)
  else if (message.kind === 'port') ports.get(message.id)?.fromThere(message.data)
  else ports.get(message.id)?.closedThere()
})

// A utility process never outlives the main process.
process.on('disconnect', () => process.exit(0))
