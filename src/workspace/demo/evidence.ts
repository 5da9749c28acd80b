import { crc32, deflateSync } from 'node:zlib'
import type { StoryEvidence } from './story.ts'

const WIDTH = 320
const HEIGHT = 180
const MARGIN = 16
const PAPER = [250, 249, 246] as const
const BAR = [178, 58, 46] as const

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** A bar chart as PNG (ISO/IEC 15948), 8 bits per colour: the same numbers always give the same bytes. */
function drawBars(values: readonly number[]): Buffer {
  const largest = Math.max(1, ...values)
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, values.length)
  const rows = Buffer.alloc((WIDTH * 3 + 1) * HEIGHT)
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const bar = Math.floor((x - MARGIN) / step)
      const inBar = x >= MARGIN && (x - MARGIN) % step < step * 0.7
      const height = ((values[bar] ?? 0) / largest) * (HEIGHT - 2 * MARGIN)
      const filled = inBar && y < HEIGHT - MARGIN && y >= HEIGHT - MARGIN - height
      rows.set(filled ? BAR : PAPER, y * (WIDTH * 3 + 1) + 1 + x * 3)
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(WIDTH, 0)
  head.writeUInt32BE(HEIGHT, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

/** The file of a piece of story evidence. */
export function makeEvidence(piece: StoryEvidence): { name: string; mime: string; bytes: Uint8Array<ArrayBuffer> } {
  return 'text' in piece
    ? { name: piece.name, mime: 'text/plain', bytes: new TextEncoder().encode(piece.text) }
    : { name: piece.name, mime: 'image/png', bytes: new Uint8Array(drawBars(piece.bars)) }
}
