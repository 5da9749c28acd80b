import { X509Certificate } from 'node:crypto'
import { connect, type PeerCertificate } from 'node:tls'
import { LinkDown, LinkRefused } from '#contract/hub-link.ts'

/** What is said where another certificate is shown than that of the invite. */
export const PINNED_DIFFERS = 'The certificate is not that of the invite'

/**
 * How to trust a hub that no authority vouches for: its certificate is the one authority, and its fingerprint must be the one
 * that came with the invite. The name in it does not matter; a laptop changes address with every network.
 */
export function pinnedTls(
  pem: string,
  fingerprint: string,
): { ca: string; checkServerIdentity(host: string, certificate: PeerCertificate): Error | undefined } {
  return {
    ca: pem,
    checkServerIdentity: (_host: string, certificate: PeerCertificate) =>
      certificate.fingerprint256 === fingerprint ? undefined : new Error(PINNED_DIFFERS),
  }
}

/**
 * Fetches the certificate of a hub before anything is said to it.
 * @throws LinkRefused `wrong-hub` when it is not the one of the fingerprint, LinkDown when nobody answers
 */
export function fetchCertificate(address: URL, fingerprint: string, timeoutMs = 10_000): Promise<string> {
  return new Promise((resolve, reject) => {
    // Nothing is sent on this line: what is shown on it is compared with the fingerprint, and that is all it is for.
    const socket = connect(
      {
        host: address.hostname.replaceAll(/^\[|\]$/g, ''),
        port: Number(address.port || 443),
        rejectUnauthorized: false,
        timeout: timeoutMs,
      },
      () => {
        const raw = socket.getPeerX509Certificate()
        socket.destroy()
        if (!raw || raw.fingerprint256 !== fingerprint) reject(new LinkRefused('wrong-hub'))
        else resolve(new X509Certificate(raw.raw).toString())
      },
    )
    socket.on('timeout', () => socket.destroy(new LinkDown('nobody answers')))
    socket.on('error', (error) => reject(error instanceof LinkDown ? error : new LinkDown(error.message)))
  })
}
