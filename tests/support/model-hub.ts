import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { parseOp } from '#domain/log/op.ts'
import { chainText, CHAIN_START, LogRecord, type Outcome } from '#domain/log/record.ts'
import { refuse, type Refusal } from '#domain/log/refusal.ts'
import { readingEndedText, signedHeadText } from '#domain/log/signed-head.ts'
import { decide, step } from '#domain/step.ts'
import type { Admission } from '#domain/members/admission.ts'
import { MemberPosition, type MemberState } from '#domain/members/member.ts'
import { fail } from '#contract/failures.ts'
import { LinkRefused, PIECE_BYTES, type HubLink, type LinkRefusal, type ScopeHead, type SnapshotOffer } from '#contract/hub-link.ts'
import { writeSnapshotLine } from '#contract/snapshot-line.ts'
import { sha256 } from './log-texts.ts'

type Log = { records: Map<string, LogRecord[]>; byOp: Map<string, LogRecord>; entities: Map<string, Entity>; spoken: Map<string, string> }

/** A backup of the hub: its log. */
export type HubBackup = Log

const copyLog = (log: Log): Log => ({
  records: new Map([...log.records].map(([scope, records]) => [scope, [...records]])),
  byOp: new Map(log.byOp),
  entities: new Map(log.entities),
  spoken: new Map(log.spoken),
})

/**
 * An in-memory hub that implements the link contract in the simplest way: arrays and maps, no database, no network. Tests set what
 * it does right or wrong, so that a replica can be tested against hubs that are restored, far ahead or hostile.
 */
export function createModelHub(now: () => number) {
  let log: Log = { records: new Map(), byOp: new Map(), entities: new Map(), spoken: new Map() }
  let epoch = 'epoch-1'
  let epochs = 1
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const listeners = new Set<() => void>()
  const advances = new Set<(heads: readonly ScopeHead[]) => void>()
  const snapshots = new Map<string, Uint8Array>()
  const hub = {
    hubId: 'team-1',
    /** Scopes that only these members read; everybody reads all others. */
    readers: new Map<string, Set<string>>(),
    /** Number of records from which on it offers a snapshot of a scope. */
    snapshotFrom: Number.POSITIVE_INFINITY,
    pieceBytes: PIECE_BYTES,
    refusing: new Map<string, LinkRefusal>(),
    evidence: new Map<string, { size: number; bytes: Uint8Array; whole: boolean }>(),
    /** Names of the calls received, in order. */
    calls: [] as string[],
    get epoch() {
      return epoch
    },
    records: (scope: string): readonly LogRecord[] => log.records.get(scope) ?? [],
    scopes: (): string[] => [...log.records.keys()],
    entities: (): readonly Entity[] => [...log.entities.values()],
    backUp: (): HubBackup => copyLog(log),
    /** Scopes for which it proves to nobody that their right to read has ended. */
    unproven: new Set<string>(),
    /** @param known false when the hub is not told that its log is an older one, so that it begins no new epoch */
    restore(backup: HubBackup, known = true): void {
      log = copyLog(backup)
      if (known) beginEpoch()
    },
    /** The log as somebody with access to it would forge it: one record changed, and the chain recomputed from there. */
    forge(scope: string, seq: number, change: (record: LogRecord) => LogRecord): HubBackup {
      const forged = copyLog(log)
      let before = CHAIN_START
      const records = (forged.records.get(scope) ?? []).map((record) => {
        const changed = record.seq === seq ? change(record) : record
        before = sha256(chainText(before, changed))
        return { ...changed, hash: before }
      })
      forged.records.set(scope, records)
      for (const record of records) forged.byOp.set((JSON.parse(record.bytes) as { opId: string }).opId, record)
      return forged
    },
    /** Notifies every session that its read access has changed. */
    changeAccess(): void {
      for (const listener of listeners) listener()
    },
    submit,
    connect,
  }

  function beginEpoch(): void {
    epochs += 1
    epoch = `epoch-${epochs}`
  }
  const signed = (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64')
  const headOf = (scope: string): ScopeHead => {
    const last = log.records.get(scope)?.at(-1)
    return { scope, seq: last?.seq ?? 0, hash: last?.hash ?? CHAIN_START }
  }
  const mayRead = (scope: string, member: string): boolean => {
    if (scope.startsWith('private:')) return scope === privateScope(member)
    return scope === TEAM_SCOPE || (hub.readers.get(scope)?.has(member) ?? true)
  }
  const keyOf = (kind: string, id: string) => `${kind}\n${id}`

  function append(scope: string, opId: string, outcome: Outcome, bytes: string, actor: string): LogRecord {
    const head = headOf(scope)
    const unsigned = { scope, seq: head.seq + 1, hubTime: now(), actor, outcome, bytes }
    const record = LogRecord.parse({ ...unsigned, hash: sha256(chainText(head.hash, unsigned as Omit<LogRecord, 'hash'>)) })
    log.records.set(scope, [...(log.records.get(scope) ?? []), record])
    log.byOp.set(opId, record)
    return record
  }

  function accept(bytes: string, actor: string): LogRecord {
    const parsed = parseOp(bytes)
    const opId = parsed.ok ? parsed.op.opId : sha256(bytes)
    const known = log.byOp.get(opId)
    if (known) return known
    if (!parsed.ok)
      return append(privateScope(actor), opId, { kind: 'rejected', ...refuse('malformed', { detail: parsed.reason }) }, bytes, actor)
    const { op } = parsed
    const said = `${op.replicaId} ${op.counter}`
    if ((log.spoken.get(said) ?? opId) !== opId) throw new LinkRefused('cloned')
    log.spoken.set(said, opId)
    const refusal = judge(op.after ?? []) ?? judgeOp(op, actor)
    if (refusal) return append(privateScope(actor), opId, { kind: 'rejected', ...refusal }, bytes, actor)
    const record = append(op.scope, opId, { kind: 'accepted' }, bytes, actor)
    const next = step(log.entities.get(keyOf(op.entity.kind, op.entity.id)), op, appliedFromRecord(record, op))
    if (next) log.entities.set(keyOf(op.entity.kind, op.entity.id), next)
    return record
  }

  function judge(after: readonly string[]): Refusal | null {
    const missing = after.find((needed) => log.byOp.get(needed)?.outcome.kind !== 'accepted')
    return missing === undefined ? null : refuse('depends-on-rejected', { opId: missing })
  }

  function judgeOp(op: Parameters<typeof decide>[1], actor: string): Refusal | null {
    if (!mayRead(op.scope, actor)) return refuse('not-found')
    const read = (kind: string, id: string) => log.entities.get(keyOf(kind, id))
    const member = read('member', actor) as Entity<MemberState> | undefined
    const founded = [...log.entities.values()].some(({ kind }) => kind === 'member')
    const place = MemberPosition.safeParse({ role: op.body['role'] })
    const admission: Admission = founded ? (place.success ? { kind: 'invited', ...place.data } : null) : { kind: 'founder' }
    return decide({ actorId: actor, actor: member?.state ?? null, now: now(), admission, read }, op)
  }

  function submit(texts: readonly string[], actor: string): LogRecord[] {
    const known = log.byOp.size
    const records = texts.map((text) => accept(text, actor))
    // An announcement without news would make a replica whose op cannot be recorded offer it again forever.
    if (log.byOp.size === known) return records
    const moved = [...new Set(records.map((record) => record.scope))].map(headOf)
    for (const listener of advances) listener(moved)
    return records
  }

  function offer(scope: string): SnapshotOffer | null {
    const head = headOf(scope)
    if (head.seq < hub.snapshotFrom) return null
    const lines = [...log.entities.values()]
      .filter((entity) => entity.scope === scope)
      .map(({ kind, id, scope: _scope, ...body }) => `${writeSnapshotLine(kind, id, JSON.stringify(body))}\n`)
    const bytes = new TextEncoder().encode(lines.join(''))
    const digest = createHash('sha256').update(bytes).digest('hex')
    snapshots.set(digest, bytes)
    return { ...head, size: bytes.byteLength, sha256: digest }
  }

  function connect(member: string): HubLink {
    const answer = <T>(name: string, make: () => T): Promise<T> => {
      hub.calls.push(name)
      return Promise.resolve().then(() => {
        const refusal = hub.refusing.get(member)
        if (refusal) throw new LinkRefused(refusal)
        return make()
      })
    }
    return {
      hello: ({ cursors }) =>
        answer('hello', () => {
          const scopes = [...log.records.keys()].filter((scope) => mayRead(scope, member)).map(headOf)
          // Unknown scopes are treated like scopes that the member may not read: neither is reported.
          const unknown = (cursor: ScopeHead) => {
            if (!log.records.has(cursor.scope)) return cursor.scope === TEAM_SCOPE || cursor.scope.startsWith('private:')
            return mayRead(cursor.scope, member) && log.records.get(cursor.scope)?.[cursor.seq - 1]?.hash !== cursor.hash
          }
          return {
            hubId: hub.hubId,
            epoch,
            hubTime: now(),
            scopes,
            diverged: cursors.filter(unknown).map(({ scope }) => scope),
            leaseHours: 24,
            signatures: Object.fromEntries(scopes.map((head) => [head.scope, signed(signedHeadText(hub.hubId, head, epoch))])),
            signatureFormat: 2,
            ended: cursors.flatMap(({ scope }) => {
              const by = scope.replace('customers:', 'incident:')
              if (!log.records.has(scope) || mayRead(scope, member)) return []
              // Here the test ends a right to read, not a record; the proof is as if the newest record had ended it.
              const { seq, hash } = headOf(by)
              const ended = { scope, by, seq: seq + 1, hash }
              return hub.unproven.has(scope) ? [] : [{ ...ended, signature: signed(readingEndedText(hub.hubId, epoch, member, ended)) }]
            }),
            publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
          }
        }),
      showHeads: (heads) =>
        answer('show-heads', () => {
          const begun = heads.some((head) => head.epoch === epoch && log.records.get(head.scope)?.[head.seq - 1]?.hash !== head.hash)
          if (begun) beginEpoch()
          return { begun }
        }),
      push: (ops) => answer('push', () => ({ records: submit(ops, member) })),
      pull: (scope, afterSeq, limit) =>
        answer('pull', () => {
          const after = mayRead(scope, member) ? (log.records.get(scope) ?? []).slice(afterSeq) : []
          return { records: after.slice(0, limit), more: after.length > limit }
        }),
      offerSnapshot: (scope) => answer('offer-snapshot', () => (mayRead(scope, member) ? offer(scope) : null)),
      readSnapshot: ({ sha256: digest }, offset) =>
        answer('read-snapshot', () => snapshots.get(digest)?.slice(offset, offset + hub.pieceBytes) ?? null),
      findEvidence: (hash) =>
        answer('find-evidence', () => {
          const file = hub.evidence.get(hash)
          return { whole: file?.whole ?? false, received: file?.bytes.byteLength ?? 0 }
        }),
      readEvidence: (hash, offset) =>
        answer('read-evidence', () => {
          const file = hub.evidence.get(hash)
          return file?.whole ? file.bytes.slice(offset, offset + hub.pieceBytes) : null
        }),
      writeEvidence: (hash, size, offset, piece) =>
        answer('write-evidence', () => {
          const file = hub.evidence.get(hash) ?? { size, bytes: new Uint8Array(), whole: false }
          if (file.whole || offset !== file.bytes.byteLength) return { whole: file.whole, received: file.bytes.byteLength }
          const bytes = Buffer.concat([file.bytes, piece])
          const complete = bytes.byteLength === size
          const whole = complete && createHash('sha256').update(bytes).digest('hex') === hash
          const kept = complete && !whole ? new Uint8Array() : new Uint8Array(bytes)
          hub.evidence.set(hash, { size, bytes: kept, whole })
          return { whole, received: kept.byteLength }
        }),
      ask: () => Promise.resolve(fail('unknown-call')),
      look: () => undefined,
      onAdvance: (listener) => {
        const mine = (heads: readonly ScopeHead[]) => {
          const readable = heads.filter((head) => mayRead(head.scope, member))
          if (readable.length > 0) listener(readable, [])
        }
        advances.add(mine)
        return () => advances.delete(mine)
      },
      onAccess: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      onPresence: () => () => undefined,
      close: () => undefined,
    }
  }

  return hub
}

export type ModelHub = ReturnType<typeof createModelHub>
