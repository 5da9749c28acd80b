import { createPublicKey, verify } from 'node:crypto'

/** The bytes of a text in base64; null for another spelling of the same bytes, since that is a change to a signed file. */
function bytesOf(base64: string): Buffer | null {
  const bytes = Buffer.from(base64, 'base64')
  return bytes.toString('base64') === base64 ? bytes : null
}

/** Whether the holder of an Ed25519 key (SPKI, base64) signed a text; false for anything malformed too. */
export function isSigned(text: string, publicKey: string, signature: string): boolean {
  const [given, signed] = [bytesOf(publicKey), bytesOf(signature)]
  if (!given || !signed) return false
  try {
    const key = createPublicKey({ key: given, type: 'spki', format: 'der' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text), key, signed)
  } catch {
    return false
  }
}
