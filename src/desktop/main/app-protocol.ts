import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { APP_ORIGIN } from '#contract/desktop-channels.ts'

/**
 * What the page may load and run: only itself, as in the browser edition (reliability study, section 9, item 7). No inline
 * styles or scripts, no eval, and no text becomes markup (Trusted Types).
 */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

const HEADERS = {
  'Content-Security-Policy': CONTENT_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
}

/**
 * Serves `app://stormroom/…` from a folder. The files are listed once, and a request is answered only if its decoded path
 * is exactly one of them, so no path from outside ever reaches the file system (reliability study, section 9, item 18).
 * @param folder the built renderer
 * @returns the handler for Electron's `protocol.handle`: 200, 404 for an unknown path, 405 for a method other than GET and HEAD
 */
export function createAppProtocol(folder: string): (request: Request) => Promise<Response> {
  const files = new Set(listFiles(folder, ''))
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
    const path = decodedPath(request.url)
    if (path === null || !files.has(path)) return refuse(404)
    const type = TYPES[extname(path)] ?? 'application/octet-stream'
    const content = await readFile(join(folder, path))
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(content), { headers: { ...HEADERS, 'Content-Type': type } })
  }
}

function refuse(status: 404 | 405): Response {
  return new Response(null, { status, headers: HEADERS })
}

/** The path below the origin, decoded once, `index.html` for the root; null for another origin or a malformed address. */
function decodedPath(address: string): string | null {
  if (!address.startsWith(`${APP_ORIGIN}/`)) return null
  const path = address.slice(APP_ORIGIN.length + 1).replace(/[?#].*$/s, '')
  try {
    return path === '' ? 'index.html' : decodeURIComponent(path)
  } catch {
    return null
  }
}

/** Regular files below a folder, with `/` between the parts. Links are not followed. */
function listFiles(folder: string, prefix: string): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`
    if (entry.isDirectory()) return listFiles(folder, `${path}/`)
    return entry.isFile() ? [path] : []
  })
}
