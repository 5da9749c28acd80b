import type { z } from 'zod'
import { readingEndedText, signedHeadText } from '#domain/log/signed-head.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { Result } from '#contract/failures.ts'
import type { ScopeHead, SignedEnding } from '#contract/hub-link.ts'
import { PROOF_PROTOCOL, type LinkAnswer, type LinkCallName, type linkCalls } from '#contract/hub-wire.ts'
import type { LinkOwner } from '../accounts/link-owner.ts'
import type { EvidenceRights } from '../evidence/evidence-rights.ts'
import type { EvidenceStore } from '../evidence/evidence-store.ts'
import { ClonedReplica, SessionEnded, type AccessChange, type AnnouncedHead, type HubLog } from '../log/hub-log.ts'
import type { HubKey } from '../signing/hub-key.ts'
import type { Snapshots } from '../snapshots/snapshots.ts'

/** What answering needs of the hub. */
export type LinkCore = {
  readonly hubId: string
  readonly epoch: string
  key: HubKey
  log: HubLog
  evidence: EvidenceStore
  evidenceRights: Pick<EvidenceRights, 'mayHave' | 'isClaimed' | 'noteHolder'>
  snapshots: Snapshots
  now(): number
  /** How long a device may show data without contact to the hub, hours. */
  leaseHours(): Promise<number>
  ask(owner: LinkOwner, name: string, input: unknown): Promise<Result<unknown>>
  /** Called after every durable push, before it is answered. */
  onCommitted(heads: readonly AnnouncedHead[], access: readonly AccessChange[], records: readonly LogRecord[]): void
  /** Called after sessions were revoked. */
  onEnded?(): void
  /** Whether a session is valid; it may have been revoked at another node. */
  stands(sessionId: string): Promise<boolean>
  onFault(error: unknown): void
  /** Called when this log lacks records that it signed in this epoch; begins a new epoch. False when another call already did. */
  wentBack(): Promise<boolean>
  /** Called with the duration of an answer, seconds. */
  onAnswered?(question: LinkCallName, seconds: number): void
  /** True when the database could not write; the sender retries later. */
  isNotSaved(error: unknown): boolean
}

type Messages = { [Name in LinkCallName]: z.output<(typeof linkCalls)[Name]['message']> }

/** Cursors that do not match the log: ahead of it, or with another hash. */
async function findDiverged(log: HubLog, memberId: string, heads: readonly ScopeHead[], cursors: readonly ScopeHead[]): Promise<string[]> {
  const known = new Map(heads.map((head) => [head.scope, head]))
  const diverged: string[] = []
  for (const { scope, seq, hash } of cursors) {
    const head = known.get(scope)
    // Unreadable scopes are not reported as diverged: their existence must not be revealed.
    if (!head || seq === 0) continue
    const here = seq === head.seq ? head.hash : seq < head.seq ? await log.hashAt(memberId, scope, seq) : null
    if (here !== hash) diverged.push(scope)
  }
  return diverged
}

const NOTHING = { whole: false, received: 0 }

/** The given scopes that the member may no longer read, each with the signed record that ended the access. */
async function findEnded(
  { hubId, key, log }: LinkCore,
  memberId: string,
  epoch: string,
  heads: readonly ScopeHead[],
  cursors: readonly ScopeHead[],
): Promise<SignedEnding[]> {
  const named = new Set(heads.map(({ scope }) => scope))
  const ended: SignedEnding[] = []
  for (const { scope } of cursors) {
    const found = named.has(scope) ? null : await log.readingEnded(memberId, scope)
    if (found) ended.push({ ...found, signature: key.sign(readingEndedText(hubId, epoch, memberId, found)) })
  }
  return ended
}

const answers: { [Name in LinkCallName]: (core: LinkCore, owner: LinkOwner, message: Messages[Name]) => Promise<unknown> } = {
  async hello(core, owner, { cursors }) {
    const { hubId, epoch, key } = core
    const proves = (owner.protocol ?? PROOF_PROTOCOL) >= PROOF_PROTOCOL
    // One malformed head must not keep a device from getting the others.
    const scopes = (await core.log.headsFor(owner.memberId)).filter(({ hash }) => /^[0-9a-f]{64}$/.test(hash))
    const sign = (head: ScopeHead) => key.sign(signedHeadText(hubId, head, proves ? epoch : null))
    const welcome = {
      hubId,
      epoch,
      hubTime: core.now(),
      scopes,
      diverged: await findDiverged(core.log, owner.memberId, scopes, cursors),
      leaseHours: await core.leaseHours(),
      signatures: Object.fromEntries(scopes.map((head) => [head.scope, sign(head)])),
      publicKey: key.publicKey,
    }
    return proves ? { ...welcome, signatureFormat: 2, ended: await findEnded(core, owner.memberId, epoch, scopes, cursors) } : welcome
  },
  'show-heads': async (core, _owner, { heads }) => {
    const { hubId, epoch, key } = core
    // Only heads that this hub signed in this epoch: others prove nothing and could be replayed forever.
    const own = heads.filter(
      (head) => head.epoch === epoch && head.seq > 0 && key.isOwn(signedHeadText(hubId, head, epoch), head.signature),
    )
    return { begun: own.length > 0 && (await core.log.lacks(own)) && (await core.wentBack()) }
  },
  async push(core, owner, { ops }) {
    const { records, heads, access } = await core.log.submit(ops, {
      memberId: owner.memberId,
      admission: owner.admission ?? null,
      counts: true,
      sessionId: owner.sessionId,
    })
    if (heads.length > 0) core.onCommitted(heads, access, records)
    return { records }
  },
  async pull(core, owner, { scope, afterSeq, limit }) {
    const records = await core.log.readAfter(owner.memberId, scope, afterSeq, limit + 1)
    return { records: records.slice(0, limit), more: records.length > limit }
  },
  'offer-snapshot': (core, owner, { scope }) => core.snapshots.offer(owner.memberId, scope),
  'read-snapshot': (core, owner, { offer, offset }) => core.snapshots.read(owner.memberId, offer, offset),
  'find-evidence': async ({ evidence, evidenceRights }, { memberId }, { hash }) => {
    if (await evidenceRights.mayHave(memberId, hash)) return evidence.find(hash, memberId)
    // A member who only claims a file does not learn of uploads by others.
    return (await evidenceRights.isClaimed(memberId, hash)) ? evidence.findBrought(hash, memberId) : NOTHING
  },
  'read-evidence': async (core, owner, { hash, offset }) =>
    (await core.evidenceRights.mayHave(owner.memberId, hash)) ? core.evidence.read(hash, offset) : null,
  'write-evidence': async ({ evidence, evidenceRights }, { memberId }, { hash, size, offset, piece }) => {
    if (await evidenceRights.mayHave(memberId, hash)) return evidence.write(hash, memberId, size, offset, piece)
    if (!(await evidenceRights.isClaimed(memberId, hash))) return NOTHING
    const standing = await evidence.bring(hash, memberId, size, offset, piece)
    if (standing.whole) await evidenceRights.noteHolder(memberId, hash)
    return standing
  },
  ask: (core, owner, { name, input }) => core.ask(owner, name, input),
}

/** Answers one parsed question. Internal errors are answered as `down`; the sender retries. */
export async function answerLink<Name extends LinkCallName>(
  core: LinkCore,
  owner: LinkOwner,
  name: Name,
  message: Messages[Name] | z.output<(typeof linkCalls)[LinkCallName]['message']>,
): Promise<LinkAnswer> {
  const began = performance.now()
  try {
    // A push checks the session in its own transaction; reading ends with the link.
    if ((name === 'ask' || name === 'write-evidence') && owner.sessionId !== null && !(await core.stands(owner.sessionId)))
      return { t: 'refused', reason: 'session-revoked' }
    // The message was parsed by the schema of this name.
    return { t: 'ok', reply: await answers[name](core, owner, message as Messages[Name]) }
  } catch (error) {
    if (error instanceof ClonedReplica) return { t: 'refused', reason: 'cloned' }
    if (error instanceof SessionEnded) return { t: 'refused', reason: 'session-revoked' }
    core.onFault(error)
    return { t: 'down', why: core.isNotSaved(error) ? 'not-saved' : 'internal' }
  } finally {
    core.onAnswered?.(name, (performance.now() - began) / 1000)
  }
}
