import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import type { FromChild, ToChild } from './child-messages.ts'
import { StandInPort } from './message-ports.ts'

type PortThere = { fromThere(data: unknown): void; closedThere(): void }

const running = new Set<StandInUtilityProcess>()

/** The stand-in's utility process: runs the given file in a real child process of Node. */
export class StandInUtilityProcess extends EventEmitter implements Pick<Electron.UtilityProcess, 'postMessage' | 'kill' | 'pid'> {
  readonly name: string
  pid: number | undefined
  private readonly child: ChildProcess
  private readonly ports = new Map<number, PortThere>()
  private nextPort = 0

  constructor(modulePath: string, args: string[], options: Electron.ForkOptions) {
    super()
    this.name = options.serviceName ?? 'Node Utility Process'
    this.child = fork(modulePath, args, {
      execArgv: ['--import', new URL('register-child.ts', import.meta.url).href],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.pid = this.child.pid
    running.add(this)
    this.child.once('spawn', () => this.emit('spawn'))
    this.child.on('message', (message) => this.receive(message as FromChild))
    // Sending to a child that has just exited fails; the error is ignored.
    this.child.on('error', () => {})
    this.child.once('exit', (code, signal) => this.ended(code ?? (signal === null ? 1 : 9)))
  }

  postMessage(data: unknown, transfer: Electron.MessagePortMain[] = []): void {
    const ports = transfer.map((port) => this.sendPort(port as unknown as StandInPort))
    this.say({ kind: 'message', data, ports })
  }

  kill(): boolean {
    return this.child.kill('SIGKILL')
  }

  private sendPort(port: StandInPort): number {
    const id = this.nextPort++
    this.ports.set(
      id,
      // Sent to the child only after it knows the port.
      port.moveTo({
        deliver: (data) => queueMicrotask(() => this.say({ kind: 'port', id, data })),
        closed: () => queueMicrotask(() => this.say({ kind: 'port-closed', id })),
      }),
    )
    return id
  }

  private say(message: ToChild): void {
    if (this.child.connected) this.child.send(message)
  }

  private receive(message: FromChild): void {
    if (message.kind === 'message') this.emit('message', message.data)
    else if (message.kind === 'port') this.ports.get(message.id)?.fromThere(message.data)
    else this.ports.get(message.id)?.closedThere()
  }

  private ended(code: number): void {
    running.delete(this)
    this.pid = undefined
    for (const port of this.ports.values()) port.closedThere()
    this.emit('exit', code)
  }
}

export const utilityProcess = {
  fork: (modulePath: string, args: string[] = [], options: Electron.ForkOptions = {}) =>
    new StandInUtilityProcess(modulePath, args, options),
}

/** The running utility processes, as `app.getAppMetrics` lists them. */
export function utilityMetrics(): Pick<Electron.ProcessMetric, 'pid' | 'type' | 'name'>[] {
  return [...running].map(({ pid, name }) => ({ pid: pid ?? -1, type: 'Utility', name }))
}
