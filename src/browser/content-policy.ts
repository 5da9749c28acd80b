import { ownHosts } from './request-guard.ts'

/**
 * What our page may load and do (Content-Security-Policy Level 3, reliability study section 9 row 7): our own scripts, style
 * sheets, fonts and pictures, and the socket back to this server; no text becomes markup or code (Trusted Types).
 */
function contentPolicy(port: number, styleSource: string): Record<string, string[]> {
  return {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': [styleSource],
    'img-src': ["'self'", 'blob:', 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...ownHosts(port).map((host) => `ws://${host}`)],
    'manifest-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    'form-action': ["'none'"],
    'require-trusted-types-for': ["'script'"],
  }
}

/**
 * The policy as a header's value.
 * @param styleSource where styles may come from
 */
export function contentPolicyHeader(port: number, styleSource = "'self'"): string {
  return Object.entries(contentPolicy(port, styleSource))
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ')
}
