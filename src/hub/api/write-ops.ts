import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Draft } from '#domain/commands/command.ts'
import { HLC_START, tickHlc } from '#domain/log/hybrid-clock.ts'
import type { LogRecord } from '#domain/log/record.ts'
import type { Failure, Result } from '#contract/failures.ts'
import type { ApiHub } from './api-hub.ts'

/** Where a write is in the log. */
export const Written = z.object({
  scope: z.string(),
  seq: z.int(),
  recordedAt: z.int().describe("the hub's clock, milliseconds since 1970"),
})
export type Written = z.infer<typeof Written>

/**
 * Derives the IDs of one request. The same request with the same key gets the same IDs, so that its ops are recorded once, however
 * often it is repeated.
 */
export type Ids = (what: string) => string

/**
 * Derives UUIDs of version 8 (RFC 9562) from a seed.
 * @param seed identifies the request and cannot be produced by another caller
 */
export function idsFrom(seed: string): Ids {
  return (what) => {
    const hex = createHash('sha256')
      .update(JSON.stringify([seed, what]))
      .digest('hex')
    const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }
}

/**
 * Submits a member's ops at the hub as their own device would: the log judges, numbers and chains them.
 * @param drafts in order, at least one
 * @param needs the drafts that must be accepted: a failure must not be answered for an act that is in the log already, whatever
 *   goes with it
 * @returns where the first is in the log, or why one that is needed was refused
 */
export async function writeOps(
  hub: ApiHub,
  memberId: string,
  ids: Ids,
  drafts: readonly Draft[],
  needs: 'first' | 'all',
): Promise<Result<Written>> {
  const replicaId = ids('device')
  const seen = new Map<string, number>()
  for (const { scope } of drafts) {
    if (seen.has(scope)) continue
    seen.set(scope, (await hub.hub.log.mayRead(memberId, scope)) ? ((await hub.hub.log.headOf(scope))?.seq ?? 0) : 0)
  }
  let hlc = HLC_START
  const texts = drafts.map(({ scope, kind, id, type, version, body, after }, index) => {
    hlc = tickHlc(hlc, hub.now())
    return JSON.stringify({
      opId: ids(`op ${index}`),
      scope,
      replicaId,
      counter: index + 1,
      entity: { kind, id },
      type,
      version: version ?? 1,
      body,
      hlc,
      baseSeq: seen.get(scope) ?? 0,
      ...(after ? { after: after.map((one) => ids(`op ${one}`)) } : {}),
    })
  })
  const records = await hub.submit(texts, memberId, null)
  const needed = needs === 'all' ? records : records.slice(0, 1)
  const refused = needed.find((record) => record.outcome.kind === 'rejected')
  if (refused?.outcome.kind === 'rejected')
    return { ok: false, failure: { code: refused.outcome.code, params: refused.outcome.params } satisfies Failure }
  const [first] = records as [LogRecord]
  return { ok: true, value: { scope: first.scope, seq: first.seq, recordedAt: first.hubTime } }
}
