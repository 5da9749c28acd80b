import type { LinkTrouble } from '#contract/link-trouble.ts'
import { PINNED_DIFFERS } from './pinned-agent.ts'

const ENDED = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])
const UNKNOWN = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
])

/** An error and its causes, outermost first. */
function* chainOf(error: unknown): Generator<Record<string, unknown>> {
  let next: unknown = error
  for (let depth = 0; depth < 5 && typeof next === 'object' && next !== null; depth++) {
    const one = next as Record<string, unknown>
    yield one
    next = one['description'] ?? one['error'] ?? one['cause']
  }
}

/** A proxy answers 502 to 504 for a hub that is away; any other status instead of an upgrade comes from the proxy itself. */
const isRefusedUpgrade = (status: number) => status < 500 || status === 501 || status === 505

/**
 * Why opening a socket failed, by the codes of Node's TLS and the answer to the upgrade.
 * @param pinned whether the hub is known by its certificate: any other certificate is then another server's
 */
export function linkTroubleOf(error: unknown, pinned: boolean): LinkTrouble | null {
  for (const { code, message } of chainOf(error)) {
    if (message === PINNED_DIFFERS) return 'certificate-differs'
    if (typeof code === 'string') {
      if (ENDED.has(code)) return 'certificate-ended'
      if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'certificate-name'
      if (UNKNOWN.has(code)) return pinned ? 'certificate-differs' : 'certificate-unknown'
    }
    const status = typeof message === 'string' ? /Unexpected server response: (\d{3})/u.exec(message)?.[1] : undefined
    if (status !== undefined && isRefusedUpgrade(Number(status))) return 'upgrade-refused'
  }
  return null
}
