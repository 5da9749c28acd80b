import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Allows what a page of the hub brings along, and nothing else: no inline script, no other origin, no frame. */
export const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Where the build puts pages: beside the bundles, and for the sources in the repository. */
const FOLDERS = [new URL('../web/', import.meta.url), new URL('../../../out/web/', import.meta.url)].map((url) => fileURLToPath(url))

type PageFile = { bytes: Buffer; zipped: Buffer; type: string }

/** Reads the built files of a page by their path; null when it was not built. */
function readPage(page: string): Map<string, PageFile> | null {
  for (const folder of FOLDERS.map((one) => join(one, page))) {
    try {
      const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
        (entry) => entry.isFile() && TYPES[extname(entry.name)],
      )
      return new Map(
        names.map((entry) => {
          const path = join(entry.parentPath, entry.name)
          const bytes = readFileSync(path)
          const name = path.slice(folder.length + 1).replaceAll('\\', '/')
          return [name, { bytes, zipped: gzipSync(bytes), type: TYPES[extname(entry.name)] ?? '' }]
        }),
      )
    } catch {
      // Not here.
    }
  }
  return null
}

/** Sends an answer that other sites can neither frame nor read, with the policy of pages. */
function send(request: FastifyRequest, reply: FastifyReply, { bytes, zipped, type }: PageFile, isDocument: boolean): FastifyReply {
  const zips = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  if (zips) void reply.header('content-encoding', 'gzip')
  return (
    reply
      .header('content-security-policy', PAGE_POLICY)
      .header('referrer-policy', 'no-referrer')
      .header('vary', 'accept-encoding')
      // The name of every file but the document contains the hash of its content.
      .header('cache-control', isDocument ? 'no-cache' : 'public, max-age=31536000, immutable')
      .type(type)
      .send(zips ? zipped : bytes)
  )
}

/** Serves the built files of a page below `path`; nothing if it was not built, such as in tests of other parts. */
export function servePage(app: FastifyInstance, path: string, page: string): void {
  const files = readPage(page)
  const document = files?.get('index.html')
  if (!files || !document) return
  app.get(path, (_request, reply) => reply.redirect(`${path}/`))
  app.get(`${path}/`, (request, reply) => send(request, reply, document, true))
  for (const [name, file] of files)
    if (name !== 'index.html') app.get(`${path}/${name}`, (request, reply) => send(request, reply, file, false))
}
