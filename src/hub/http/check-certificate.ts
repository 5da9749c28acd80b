import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'

/** What is wrong with a certificate, as devices will find; `ends-soon` before they do. */
export type CertificateTrouble = 'expired' | 'not-yet-valid' | 'other-host' | 'ends-soon'

const DAY_MS = 86_400_000
/** Renewals are due a month before the end at the common authorities; two weeks before, one has failed. */
const SOON_MS = 14 * DAY_MS

function isFor(certificate: X509Certificate, host: string): boolean {
  const name = host.replaceAll(/^\[|\]$/gu, '')
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined
}

/**
 * Looks at a certificate as a device will.
 * @param pem the certificate, or a chain that begins with it
 * @param addresses that invites name; empty where devices know the hub by its fingerprint, and no name counts
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
