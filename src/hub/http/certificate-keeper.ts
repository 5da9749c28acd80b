import { MINUTE } from '#domain/durations.ts'
import type { Certificate } from './certificate.ts'
import { checkCertificate, type CertificateTrouble } from './check-certificate.ts'

/** Interval between checks of the files, milliseconds: renewals come weeks before expiry, and an urgent one should not need a restart. */
const LOOK_MS = MINUTE

const SENTENCES: Record<CertificateTrouble, string> = {
  expired: 'The certificate has expired: devices refuse to connect until it is renewed',
  'not-yet-valid': 'The certificate is not valid yet by the clock of this machine: devices may refuse to connect',
  'other-host': 'The certificate is not made for an address in the invites: devices refuse to connect there',
  'ends-soon': 'The certificate ends soon and was not renewed yet',
}

export type KeeperParts = {
  /** The certificate served at the start. */
  certificate: Certificate
  /** @throws file system errors, and an error when certificate and key do not match */
  read(): Promise<Certificate>
  serve(certificate: Certificate): void
  /** The addresses by which devices reach this hub; empty when they verify it by its fingerprint. */
  addresses: readonly string[]
  now(): number
  log(level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>): void
}

export type CertificateKeeper = {
  /** What devices will find wrong with the certificate served now. */
  trouble(): CertificateTrouble | null
  /** Checks the files now, for a reload. */
  look(): Promise<void>
  close(): void
}

/** Serves a renewed certificate without a restart, and logs each problem once. */
export function keepCertificate({ certificate, read, serve, addresses, now, log }: KeeperParts): CertificateKeeper {
  let served = certificate
  let said: CertificateTrouble | null = null
  let unreadable = false

  function trouble(): CertificateTrouble | null {
    return checkCertificate(served.cert, addresses, now()).trouble
  }

  function say(): void {
    const found = checkCertificate(served.cert, addresses, now())
    if (found.trouble !== null && found.trouble !== said)
      log(found.trouble === 'ends-soon' ? 'warn' : 'error', SENTENCES[found.trouble], { until: new Date(found.until).toISOString() })
    said = found.trouble
  }

  async function look(): Promise<void> {
    try {
      const found = await read()
      unreadable = false
      if (found.cert !== served.cert || found.key !== served.key) {
        serve(found)
        served = found
        said = null
        log('info', 'A renewed certificate is served')
      }
    } catch (error) {
      // During a renewal the two files may not match; the next check finds both complete.
      if (!unreadable)
        log('warn', 'The certificate files cannot be used; the one from before is served on', {
          error: error instanceof Error ? error.message : '',
        })
      unreadable = true
    }
    say()
  }

  say()
  const timer = setInterval(() => void look(), LOOK_MS)
  timer.unref()
  return { trouble, look, close: () => clearInterval(timer) }
}
