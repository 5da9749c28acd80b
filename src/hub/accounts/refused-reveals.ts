import type { LogRecord } from '#domain/log/record.ts'
import { parseOp } from '#domain/log/op.ts'
import { PersonalRevealed } from '#domain/privacy/reveal-ops.ts'
import type { AccessLog } from './access-log.ts'

/**
 * The text of a refused reveal was seen anyway, by a device that was offline or broke the rules. Its record is in a log that only
 * its author reads, so the access log reports it to others: who, and why it was refused, but not the incident, which they may not
 * know of.
 */
export async function logRefusedReveals(access: AccessLog, records: readonly LogRecord[]): Promise<void> {
  for (const { outcome, bytes, actor } of records) {
    if (outcome.kind !== 'rejected') continue
    const parsed = parseOp(bytes)
    if (!parsed.ok || parsed.op.type !== 'personal.revealed') continue
    const body = PersonalRevealed.safeParse(parsed.op.body)
    await access.note(actor, 'reveal-refused', outcome.code, body.success ? body.data.device : '')
  }
}
