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

/** Errors that a library put around another, outermost first. */
function* chainOf(error: unknown): Generator<Record<string, unknown>> {
  let next: unknown = error
  for (let depth = 0; depth < 5 && typeof next === 'object' && next !== null; depth++) {
    const one = next as Record<string, unknown>
    yield one
    next = one['description'] ?? one['error'] ?? one['cause']
  }
}

/** A hub that is away behind its proxy is answered for by 502 to 504; anything else than an upgrade is the proxy's own word. */
const isRefusedUpgrade = (status: number) => status < 500 || status === 501 || status === 505

/**
 * What a failed try to open a socket tells of, by the codes of Node's TLS and the answer to the upgrade.
 * @param pinned whether the hub is known by its certificate: whatever else it shows is then another's
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
