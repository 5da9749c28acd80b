import { X509Certificate } from 'node:crypto'
import { connect, type PeerCertificate } from 'node:tls'
import { LinkDown, LinkRefused } from '#contract/hub-link.ts'

/** Message for a certificate other than that of the invite. */
export const PINNED_DIFFERS = 'The certificate is not that of the invite'

/**
 * TLS options for a hub without a public certificate: its certificate is the only authority, and its fingerprint must be that of
 * the invite. The name in it is ignored, because a laptop changes its address with every network.
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
 * Fetches the certificate of a hub before anything is sent to it.
 * @throws LinkRefused `wrong-hub` if the fingerprint differs, LinkDown if there is no answer
 */
export function fetchCertificate(address: URL, fingerprint: string, timeoutMs = 10_000): Promise<string> {
  return new Promise((resolve, reject) => {
    // Nothing is sent on this connection: it only serves to compare the certificate with the fingerprint.
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
