import { X509Certificate } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { z } from 'zod'

/** Certificate and private key, PEM. */
export type Certificate = { cert: string; key: string }

const Kept = z.strictObject({ cert: z.string(), key: z.string() })
const FILE = 'hub-certificate.json'

/** Without expiry (RFC 5280, section 4.1.2.5), and valid from before any clock that is wrong by years: devices trust the fingerprint. */
const ALWAYS = { from: new Date(Date.UTC(2020, 0, 1)), until: new Date('9999-12-31T23:59:59Z') }

/** SHA-256 of a certificate, upper-case hex with colons; invites contain it, and people may compare it aloud. */
export function fingerprintOf(cert: string): string {
  return new X509Certificate(cert).fingerprint256
}

/**
 * The self-signed certificate of a hub: made once and stored beside the database. Devices verify it only by its fingerprint, so it
 * needs no host name, which changes with the network, and no expiry.
 */
export async function ownCertificate(folder: string): Promise<Certificate> {
  const path = join(folder, FILE)
  const kept = await readFile(path, 'utf8').catch(() => null)
  if (kept !== null) return Kept.parse(JSON.parse(kept))
  const made = await generate([{ name: 'commonName', value: 'Stormroom hub' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: ALWAYS.from,
    notAfterDate: ALWAYS.until,
  })
  const certificate: Certificate = { cert: made.cert, key: made.private }
  // Written atomically: a partial key would lock out every device that has the fingerprint.
  await writeFile(`${path}.new`, JSON.stringify(certificate), { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
  return certificate
}
