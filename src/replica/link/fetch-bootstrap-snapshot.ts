import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { request as plainRequest, type IncomingMessage } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { z } from 'zod'
import { isSafeHubAddress } from '#contract/hub-address.ts'
import { LinkDown } from '#contract/hub-link.ts'
import { BOOTSTRAP_SNAPSHOT_PATH, BootstrapSnapshotOffer } from '#contract/bootstrap-snapshot.ts'
import { pinnedTls } from './pinned-agent.ts'
import type { HubAddress } from './socket-wire.ts'

/** Timeout for an offer; a hub that first has to make the file takes long. Milliseconds. */
const OFFER_MS = 180_000
const SILENCE_MS = 30_000
const OFFER_LIMIT = 4096
const PIECE_BYTES = 2 * 1024 * 1024
/** Buffer between network, decompression and disk, so that none waits for the other. */
const AHEAD_BYTES = 16 * 1024 * 1024
const UNPACKING = { chunkSize: PIECE_BYTES, highWaterMark: AHEAD_BYTES }
const ENDING = '.replica'

const Answer = z.object({ ok: z.literal(true), value: BootstrapSnapshotOffer.nullable() })

/** The address of a hub, with the session token of this device. */
export type Door = HubAddress & { token: string }

function ask(door: Door, path: string, headers: Record<string, string>, silenceMs: number, signal: AbortSignal): Promise<IncomingMessage> {
  if (!isSafeHubAddress(door.url, door.pinned !== null)) return Promise.reject(new LinkDown('the address is not encrypted'))
  const url = new URL(path, door.url)
  const request = url.protocol === 'https:' ? tlsRequest : plainRequest
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        signal,
        timeout: silenceMs,
        headers: { ...headers, authorization: `Bearer ${door.token}` },
        ...(door.pinned ? pinnedTls(door.pinned.pem, door.pinned.fingerprint) : {}),
      },
      resolve,
    )
    sent.on('timeout', () => sent.destroy(new Error('nobody answers')))
    sent.on('error', (error) => reject(new LinkDown(error.message)))
    sent.end()
  })
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = ''
  try {
    for await (const piece of response.setEncoding('utf8') as AsyncIterable<string>) {
      text += piece
      if (text.length > OFFER_LIMIT) break
    }
  } catch (error) {
    throw new LinkDown(error instanceof Error ? error.message : '')
  }
  return text
}

const partOf = (folder: string, id: string) => join(folder, `${id}${ENDING}`)
const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** The id of a partly fetched file, or null. */
export function begunReplica(folder: string): string | null {
  mkdirSync(folder, { recursive: true })
  const name = readdirSync(folder).find((one) => one.endsWith(ENDING))
  const id = BootstrapSnapshotOffer.shape.id.safeParse(name?.slice(0, -ENDING.length))
  return id.success ? id.data : null
}

/** Deletes partly fetched files, except for one. */
export function clearBootstrapSnapshots(folder: string, except: string | null): void {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder))
    if (name.includes(ENDING) && (except === null || name !== `${except}${ENDING}`)) rmSync(join(folder, name), { force: true })
}

/**
 * Asks the hub for a bootstrap snapshot in this device's form.
 * @param having the id of a partly fetched file
 * @returns null if the hub has none for this device, or does not support them
 * @throws LinkDown if the hub cannot be asked now
 */
export async function askForReplica(
  door: Door,
  form: string,
  having: string | null,
  signal: AbortSignal,
): Promise<BootstrapSnapshotOffer | null> {
  const question = new URLSearchParams({ form, ...(having === null ? {} : { having }) })
  const response = await ask(door, `${BOOTSTRAP_SNAPSHOT_PATH}?${question}`, {}, OFFER_MS, signal)
  const text = await textOf(response)
  if (response.statusCode === 429 || (response.statusCode ?? 500) >= 500) throw new LinkDown('the hub cannot say now')
  if (response.statusCode !== 200) return null
  try {
    const answer = Answer.safeParse(JSON.parse(text))
    return answer.success ? answer.data.value : null
  } catch {
    return null
  }
}

/** Joins incoming pieces into large ones, because each piece costs as much as a large one. */
async function* inLargePieces(response: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let length = 0
  try {
    for await (const piece of response) {
      waiting.push(piece)
      length += piece.byteLength
      if (length < PIECE_BYTES) continue
      const large = Buffer.concat(waiting, length)
      waiting = []
      length = 0
      yield large
    }
  } catch (error) {
    // What has arrived counts, even if the connection is down now.
    if (length > 0) yield Buffer.concat(waiting, length)
    throw new LinkDown(error instanceof Error ? error.message : '')
  }
  if (length > 0) yield Buffer.concat(waiting, length)
}

class Over extends Error {}

/**
 * Fetches an offered snapshot into a folder, resuming an interrupted download, and decompresses it while it arrives.
 * @param onProgress called with the number of bytes of the compressed file that are stored
 * @returns the decompressed file, once the compressed one matches its SHA-256 (that stays beside it until it is cleared); `over` if the
 * hub no longer offers it, `spoilt` if the content differs
 * @throws LinkDown if the connection was lost; what has arrived stays
 */
export async function fetchReplica(
  door: Door,
  offer: BootstrapSnapshotOffer,
  folder: string,
  onProgress: (received: number) => void,
  signal: AbortSignal,
): Promise<{ file: string } | 'over' | 'spoilt'> {
  mkdirSync(folder, { recursive: true })
  const part = partOf(folder, offer.id)
  const whole = `${part}.whole`
  if (sizeOf(part) > offer.size) rmSync(part)
  const digest = createHash('sha256')
  let received = sizeOf(part)

  async function* packed(): AsyncGenerator<Buffer> {
    if (received > 0) {
      for await (const piece of createReadStream(part, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>) {
        digest.update(piece)
        yield piece
      }
    }
    onProgress(received)
    if (received >= offer.size) return
    const response = await ask(door, `${BOOTSTRAP_SNAPSHOT_PATH}/${offer.id}`, { range: `bytes=${received}-` }, SILENCE_MS, signal)
    if (response.statusCode !== 206) {
      response.destroy()
      if (response.statusCode === 429 || (response.statusCode ?? 500) >= 500) throw new LinkDown('the hub cannot give it now')
      throw new Over()
    }
    const kept = await open(part, 'a')
    try {
      for await (const piece of inLargePieces(response)) {
        if (received + piece.byteLength > offer.size) throw new LinkDown('more came than was offered')
        const keeping = kept.appendFile(piece)
        digest.update(piece)
        await keeping
        received += piece.byteLength
        onProgress(received)
        yield piece
      }
    } finally {
      await kept.close()
    }
    if (received < offer.size) throw new LinkDown('the line ended early')
  }

  const forget = () => [part, whole].forEach((path) => rmSync(path, { force: true }))
  try {
    await pipeline(
      packed,
      createZstdDecompress(UNPACKING),
      createWriteStream(whole, { flush: true, mode: 0o600, highWaterMark: AHEAD_BYTES }),
    )
  } catch (error) {
    if (error instanceof LinkDown) throw error
    if (!(error instanceof Over) && !isUnpackError(error)) throw error
    forget()
    return error instanceof Over ? 'over' : 'spoilt'
  }
  if (digest.digest('hex') !== offer.id || sizeOf(whole) !== offer.wholeSize) {
    forget()
    return 'spoilt'
  }
  return { file: whole }
}

function isUnpackError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ZSTD')
}
