import { ownHosts } from './request-guard.ts'

/**
 * What a page of ours may load and do (Content-Security-Policy Level 3, reliability study section 9 row 7): our own scripts,
 * styles, fonts and pictures, and the socket back to this server.
 * Styles may stand in the page, because Mantine writes its theme variables into a style element; they can load nothing from
 * elsewhere, since every fetch directive names this server alone.
 */
export function contentPolicy(port: number): Record<string, string[]> {
  return {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'blob:', 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...ownHosts(port).map((host) => `ws://${host}`)],
    'manifest-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    'form-action': ["'none'"],
  }
}

/** The policy as a header's value. */
export function contentPolicyHeader(port: number): string {
  return Object.entries(contentPolicy(port))
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ')
}
