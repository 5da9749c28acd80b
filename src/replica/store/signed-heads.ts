import { createPublicKey, verify } from 'node:crypto'
import type { Db } from '#storage/open-database.ts'
import { readingEndedText, signedHeadText } from '#domain/log/signed-head.ts'
import { SHOWN_HEADS, type ScopeHead, type ShownHead, type SignedEnding, type Welcome } from '#contract/hub-link.ts'

/** A head signed by the hub, with what is needed to prove it later. */
export type SignedHead = ScopeHead & { hubId: string; epoch: string; publicKey: string; signature: string; format: 1 | 2 }

function isSigned(text: string, publicKey: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/**
 * Whether a head was signed by the holder of its key.
 * @returns false for anything malformed too
 */
export function isSoundSignature(head: SignedHead): boolean {
  return isSigned(signedHeadText(head.hubId, head, head.format === 1 ? null : head.epoch), head.publicKey, head.signature)
}

/** Whether the hub signed that a record of its log ended a member's right to read a scope. */
export function isSoundEnding(welcome: Welcome, memberId: string, ended: SignedEnding): boolean {
  return isSigned(readingEndedText(welcome.hubId, welcome.epoch, memberId, ended), welcome.publicKey, ended.signature)
}

/**
 * Keeps the newest signed head of each scope and epoch, as evidence of what the hub showed. If its log changed without a new
 * epoch, the head that proves it is kept.
 * @param contradicted scopes whose log differs from before, in the same epoch
 * @returns scopes whose signature is not the hub's
 */
export function keepSignedHeads(db: Db, welcome: Welcome, contradicted: ReadonlySet<string>): string[] {
  const save = db.prepare(
    `INSERT INTO signed_head (scope, epoch, seq, hash, hub_id, public_key, format, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (scope, epoch) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, hub_id = excluded.hub_id,
       public_key = excluded.public_key, format = excluded.format, signature = excluded.signature
     WHERE signed_head.contradicted = 0 AND (excluded.seq > signed_head.seq OR excluded.format > signed_head.format)`,
  )
  const contradict = db.prepare('UPDATE signed_head SET contradicted = 1 WHERE scope = ? AND epoch = ?')
  const { hubId, epoch, publicKey, signatureFormat: format } = welcome
  const known = new Map(signedHeads(db).flatMap((head) => (head.epoch === epoch ? [[head.scope, head]] : [])))
  const fresh = welcome.scopes.flatMap((head): SignedHead[] => {
    const signature = welcome.signatures[head.scope]
    const held = known.get(head.scope)
    if (signature === undefined || (held?.seq === head.seq && held.hash === head.hash && held.format === format)) return []
    return [{ ...head, hubId, epoch, publicKey, signature, format }]
  })
  const [sound, unsound] = [fresh.filter(isSoundSignature), fresh.filter((head) => !isSoundSignature(head))]
  if (sound.length > 0 || contradicted.size > 0) {
    db.transaction(() => {
      for (const scope of contradicted) contradict.run(scope, epoch)
      for (const { scope, seq, hash, signature } of sound) save.run(scope, epoch, seq, hash, hubId, publicKey, format, signature)
    }).immediate()
  }
  return unsound.map((head) => head.scope)
}

/** Every signed head that is stored here. */
export function signedHeads(db: Db): SignedHead[] {
  return db
    .prepare<[], SignedHead>(
      'SELECT scope, seq, hash, hub_id AS hubId, epoch, public_key AS publicKey, signature, format FROM signed_head ORDER BY scope, epoch',
    )
    .all()
}

/** Heads that the hub signed in its present epoch and that its log contradicts, as far as is known without asking it. */
export function contradictedHeads(db: Db, welcome: Welcome, scopes: ReadonlySet<string>): ShownHead[] {
  return signedHeads(db)
    .filter(({ scope, epoch, hubId, format }) => format === 2 && epoch === welcome.epoch && hubId === welcome.hubId && scopes.has(scope))
    .slice(0, SHOWN_HEADS)
    .map(({ scope, seq, hash, epoch, signature }) => ({ scope, seq, hash, epoch, signature }))
}
