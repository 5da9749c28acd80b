import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/**
 * State of the line. `open` forwards everything; `cut` closes all connections and accepts no new ones; `half-open` drops what is
 * sent without an error, as a router that has lost the connection; `stall` holds everything back until the line is open again;
 * a number delays every chunk by that many milliseconds.
 */
export type LineState = 'open' | 'cut' | 'half-open' | 'stall' | number

export type CuttingProxy = {
  port: number
  set(state: LineState): void
  close(): Promise<void>
}

/** A TCP proxy between two processes, whose line can be made to fail as networks do. */
export async function openCuttingProxy(target: () => number): Promise<CuttingProxy> {
  let state: LineState = 'open'
  const pairs = new Set<readonly [Socket, Socket]>()
  /** Chunks that are held back, in order. */
  let held: (() => void)[] = []

  const endAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy()
    pairs.clear()
    held = []
  }

  function carry(from: Socket, to: Socket): void {
    const end = (act: () => void) => {
      if (state === 'stall') held.push(act)
      else if (typeof state === 'number') setTimeout(act, state)
      else act()
    }
    from.on('data', (piece) => {
      if (state !== 'half-open') end(() => void (to.destroyed || to.write(piece)))
    })
    from.on('close', () => end(() => void to.destroy()))
    // The line is broken on purpose.
    from.on('error', () => undefined)
  }

  const server: Server = createServer((near) => {
    if (state === 'cut') return void near.destroy()
    const far = connect(target(), '127.0.0.1')
    const pair = [near, far] as const
    pairs.add(pair)
    carry(near, far)
    carry(far, near)
    near.on('close', () => pairs.delete(pair))
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      // A half-open line does not recover; its connections are closed.
      if (next === 'cut' || state === 'half-open') endAll()
      state = next
      const freed = next === 'stall' ? [] : held
      if (next !== 'stall') held = []
      for (const act of freed) act()
    },
    close() {
      endAll()
      return new Promise((done) => void server.close(() => done()))
    },
  }
}
