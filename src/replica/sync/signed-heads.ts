import { createPublicKey, verify } from 'node:crypto'
import type { Db } from '#storage/open-database.ts'
import { signedHeadText } from '#domain/log/signed-head.ts'
import type { ScopeHead, Welcome } from '#contract/hub-link.ts'

/** A head as the hub has signed it, with what is needed to prove it later. */
export type SignedHead = ScopeHead & { hubId: string; epoch: string; publicKey: string; signature: string }

/**
 * Whether a head was signed by the holder of its key.
 * @returns false for anything malformed as well
 */
export function isSoundSignature(head: SignedHead): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(head.publicKey, 'base64'), type: 'spki', format: 'der' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(signedHeadText(head.hubId, head)), key, Buffer.from(head.signature, 'base64'))
  } catch {
    return false
  }
}

/**
 * Keeps the newest signed head of each scope: what the hub once showed can be held against it. Where its log has become another
 * one without its saying so, the head that proves it is not let go.
 * @param contradicted scopes whose log is not the one of before, in the same epoch
 * @returns scopes whose signature is not the hub's
 */
export function keepSignedHeads(db: Db, welcome: Welcome, contradicted: ReadonlySet<string>): string[] {
  const save = db.prepare(
    `INSERT INTO signed_head (scope, seq, hash, hub_id, epoch, public_key, signature) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, hub_id = excluded.hub_id, epoch = excluded.epoch,
       public_key = excluded.public_key, signature = excluded.signature, contradicted = 0
     WHERE (excluded.seq > signed_head.seq AND signed_head.contradicted = 0) OR excluded.epoch <> signed_head.epoch`,
  )
  const contradict = db.prepare('UPDATE signed_head SET contradicted = 1 WHERE scope = ? AND epoch = ?')
  const { hubId, epoch, publicKey } = welcome
  const known = new Map(signedHeads(db).map((head) => [head.scope, head]))
  const fresh = welcome.scopes.flatMap((head): SignedHead[] => {
    const signature = welcome.signatures[head.scope]
    const held = known.get(head.scope)
    if (signature === undefined || (held?.seq === head.seq && held.hash === head.hash && held.epoch === epoch)) return []
    return [{ ...head, hubId, epoch, publicKey, signature }]
  })
  const [sound, unsound] = [fresh.filter(isSoundSignature), fresh.filter((head) => !isSoundSignature(head))]
  if (sound.length > 0 || contradicted.size > 0) {
    db.transaction(() => {
      for (const scope of contradicted) contradict.run(scope, epoch)
      for (const { scope, seq, hash, signature } of sound) save.run(scope, seq, hash, hubId, epoch, publicKey, signature)
    }).immediate()
  }
  return unsound.map((head) => head.scope)
}

/** Every signed head that is kept here. */
export function signedHeads(db: Db): SignedHead[] {
  return db
    .prepare<[], SignedHead>('SELECT scope, seq, hash, hub_id AS hubId, epoch, public_key AS publicKey, signature FROM signed_head ORDER BY scope')
    .all()
}
