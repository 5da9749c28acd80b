import { DAY } from '#domain/durations.ts'
import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'

/** What devices will find wrong with a certificate; `ends-soon` is reported before they do. */
export type CertificateTrouble = 'expired' | 'not-yet-valid' | 'other-host' | 'ends-soon'

/** The common authorities renew a month before expiry; two weeks before, a renewal has failed. */
const SOON_MS = 14 * DAY

function isFor(certificate: X509Certificate, host: string): boolean {
  const name = host.replaceAll(/^\[|\]$/gu, '')
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined
}

/**
 * Checks a certificate as a device will.
 * @param pem the certificate, or a chain that begins with it
 * @param addresses the addresses in invites; empty when devices verify the hub by its fingerprint and names do not matter
 * @param now milliseconds since 1970
 */
export function checkCertificate(
  pem: string,
  addresses: readonly string[],
  now: number,
): { trouble: CertificateTrouble | null; until: number } {
  const certificate = new X509Certificate(pem)
  const [from, until] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]
  if (now > until) return { trouble: 'expired', until }
  if (now < from) return { trouble: 'not-yet-valid', until }
  const hosts = addresses.flatMap((address) => URL.parse(address)?.hostname ?? [])
  if (hosts.some((host) => !isFor(certificate, host))) return { trouble: 'other-host', until }
  return { trouble: until - now < SOON_MS ? 'ends-soon' : null, until }
}
