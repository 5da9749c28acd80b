import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'

/** Many consoles in one process, on raw sockets, so that what is measured is the hub and not a client library. */
const Order = z.discriminatedUnion('do', [
  /** Opens a stream for each session, and opens it again whenever it ends. */
  z.object({ do: z.literal('streams'), port: z.int(), secrets: z.array(z.string()) }),
  /** Opens as many WebSockets to a bare socket.io server. */
  z.object({ do: z.literal('sockets'), port: z.int(), count: z.int() }),
  /** Answers with the times at which each console has parsed the next change, once all have. */
  z.object({ do: z.literal('next'), from: z.enum(['streams', 'sockets']) }),
])

const tell = (message: object) => process.send?.(message)
const RETRY = { from: 200, within: 1000 }

type Counting = { times: bigint[]; wanted: number; sample: string; done(): void }
const counting: Record<'streams' | 'sockets', Counting | null> = { streams: null, sockets: null }
const open = { streams: 0, sockets: 0 }

/** Takes a change as it arrived: parsed as a page would. */
function took(kind: 'streams' | 'sockets', json: string): void {
  JSON.parse(json)
  const to = counting[kind]
  if (!to) return
  to.times.push(process.hrtime.bigint())
  to.sample = json
  if (to.times.length === to.wanted) to.done()
}

let streamsOpened: (() => void) | null = null
let lost = 0

function stream(port: number, secret: string, total: number): void {
  const socket = connect(port, '127.0.0.1')
  let rest = ''
  let isOpen = false
  socket.setEncoding('utf8').setNoDelay(true)
  socket.write(
    `GET /console/api/stream?version= HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncookie: stormroom_console=${secret}\r\naccept: text/event-stream\r\n\r\n`,
  )
  socket.on('data', (piece: string) => {
    rest += piece
    if (!isOpen) {
      const end = rest.indexOf('\r\n\r\n')
      if (end < 0) return
      // A hub that has just started may be too busy; a console tries again.
      if (!rest.startsWith('HTTP/1.1 200')) return void socket.destroy()
      isOpen = true
      rest = rest.slice(end + 4)
    }
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
      const event = rest.slice(0, end)
      rest = rest.slice(end + 2)
      if (event.startsWith('event: change\ndata: ')) took('streams', event.slice('event: change\ndata: '.length))
      else if (event.startsWith('event: state')) {
        JSON.parse(event.slice(event.indexOf('{')))
        open.streams += 1
        if (open.streams === total) streamsOpened?.()
      }
    }
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    if (isOpen) {
      open.streams -= 1
      lost += 1
    }
    void wait(RETRY.from + Math.random() * RETRY.within).then(() => stream(port, secret, total))
  })
}

/** A masked text frame; what a client sends is short. */
function frame(text: string): Buffer {
  const data = Buffer.from(text)
  return Buffer.concat([Buffer.from([0x81, 0x80 | data.length, 0, 0, 0, 0]), data])
}

/** The whole frames at the beginning of some bytes, and what is left. */
function framesIn(bytes: Buffer): { texts: string[]; rest: Buffer } {
  const texts: string[] = []
  let rest = bytes
  while (rest.length >= 2) {
    const short = (rest[1] ?? 0) & 0x7f
    const head = short === 126 ? 4 : short === 127 ? 10 : 2
    if (rest.length < head) break
    const length = short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short
    if (rest.length < head + length) break
    texts.push(rest.toString('utf8', head, head + length))
    rest = rest.subarray(head + length)
  }
  return { texts, rest }
}

function webSocket(port: number, ready: () => void): Socket {
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  let rest: Buffer = Buffer.alloc(0)
  let upgraded = false
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  )
  socket.on('data', (piece: Buffer) => {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    if (!upgraded) {
      const end = rest.indexOf('\r\n\r\n')
      if (end < 0) return
      upgraded = true
      rest = rest.subarray(end + 4)
    }
    const { texts, rest: left } = framesIn(rest)
    rest = left
    for (const text of texts) {
      if (text.startsWith('0')) socket.write(frame('40'))
      else if (text === '2') socket.write(frame('3'))
      else if (text.startsWith('40')) ready()
      else if (text.startsWith('42')) took('sockets', text.slice(2))
    }
  })
  socket.on('error', () => {})
  return socket
}

process.on('message', (raw) => {
  const order = Order.parse(raw)
  if (order.do === 'streams') {
    const from = process.hrtime.bigint()
    const opened = () => tell({ opened: Number(process.hrtime.bigint() - from) / 1e9, lost })
    streamsOpened = opened
    for (const secret of order.secrets) stream(order.port, secret, order.secrets.length)
    return
  }
  if (order.do === 'sockets') {
    const ready = () => {
      open.sockets += 1
      if (open.sockets === order.count) tell({ opened: 0, lost })
    }
    for (let index = 0; index < order.count; index++) webSocket(order.port, ready)
    return
  }
  const { from } = order
  const to: Counting = {
    times: [],
    wanted: open[from],
    sample: '',
    done() {
      counting[from] = null
      tell({ times: to.times.map(String), sample: to.sample })
    },
  }
  counting[from] = to
  tell({ listening: open[from] })
})
