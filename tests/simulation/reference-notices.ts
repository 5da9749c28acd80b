import type { Op } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'
import { naiveState } from './reference-state.ts'

/** A notice as one line: what caused it, whom it tells, why. */
type Told = string

type Member = { revoked: boolean; from: number; until: number }
type Incident = {
  author: string
  commander: string
  readers: string[] | null
  stage: unknown
  lines: LogRecord[]
  follows: Map<string, boolean>
}

const FOREVER = Number.MAX_SAFE_INTEGER

function accepted(records: readonly LogRecord[]): { record: LogRecord; op: Op }[] {
  return records.flatMap((record) => (record.outcome.kind === 'accepted' ? [{ record, op: JSON.parse(record.bytes) as Op }] : []))
}

/** The notices that stand in a log. */
export function noticesGiven(records: readonly LogRecord[]): Told[] {
  return accepted(records).flatMap(({ record, op }) =>
    op.type === 'notice.made' ? [`${String(op.body['cause'])} ${record.scope.slice('private:'.length)} ${String(op.body['rule'])}`] : [],
  )
}

/**
 * The notices that a log asks for, read off it a second time and without the product's rules: line by line in the order of
 * commits, with a note kept of who belongs to the team, who reads each incident, who commands it and who follows it.
 */
export function noticesOwed(records: readonly LogRecord[]): Told[] {
  const members = new Map<string, Member>()
  const incidents = new Map<string, Incident>()
  const named = new Map<string, Set<string>>()
  const told: Told[] = []
  for (const { record, op } of accepted(records)) {
    const { actor, scope, hubTime } = record
    const { body, type } = op
    if (type === 'member.join') {
      const vendor = body['vendor'] as { from: number; until: number } | null | undefined
      members.set(op.entity.id, { revoked: false, from: vendor?.from ?? 0, until: vendor?.until ?? FOREVER })
    }
    const member = members.get(op.entity.id)
    if (member && type === 'member.revoke') member.revoked = true
    if (member && type === 'member.restore') member.revoked = false
    if (type === 'incident.declare') {
      const restricted = body['restrictedTo'] as string[] | undefined
      incidents.set(scope, {
        author: actor,
        commander: actor,
        readers: restricted ? [actor, ...restricted] : null,
        stage: body['stage'],
        lines: [],
        follows: new Map(),
      })
    }
    const incident = incidents.get(scope)
    if (!incident) continue
    incident.lines.push(record)
    const followers = () =>
      [incident.author, incident.commander, ...incident.follows.keys()].filter((id) => incident.follows.get(id) !== false)
    const reasons: [string, string[]][] = []
    if (['entry.record', 'entry.correct', 'entry.comment'].includes(type) && body['importId'] === undefined) {
      const now = ((body['mentions'] ?? []) as { memberId: string }[]).map(({ memberId }) => memberId)
      const before = type === 'entry.correct' ? (named.get(op.entity.id) ?? new Set()) : new Set()
      reasons.push(['mentioned', now.filter((id) => !before.has(id))])
      if (type !== 'entry.comment') named.set(op.entity.id, new Set(now))
      if (type === 'entry.record' && ['decision', 'statement'].includes(String(body['kind'])))
        reasons.push([String(body['kind']), followers()])
    }
    if (type === 'incident.revise' && body['stage'] !== undefined) {
      const stage = naiveState(incident.lines.filter(({ bytes }) => (JSON.parse(bytes) as Op).entity.kind === 'incident')).get(
        `incident ${op.entity.id}`,
      )?.['stage']
      if (stage === body['stage'] && stage !== incident.stage) reasons.push(['stage-changed', followers()])
      incident.stage = stage
    }
    if (type === 'followers.leave') incident.follows.set(actor, false)
    if (type === 'followers.add') {
      const who = String(body['memberId'])
      if (body['why'] === 'chosen' || !incident.follows.has(who)) incident.follows.set(who, true)
    }
    // The author and the commander of an incident stay among its readers.
    if (type === 'incident.restrict') incident.readers = [incident.author, incident.commander, actor, ...(body['members'] as string[])]
    if (type === 'incident.unrestrict') incident.readers = null
    const reached = new Set<string>([actor])
    for (const [rule, whom] of reasons) {
      for (const id of whom) {
        const one = members.get(id)
        const reads =
          one && !one.revoked && hubTime >= one.from && hubTime < one.until && (!incident.readers || incident.readers.includes(id))
        if (!reads || reached.has(id)) continue
        reached.add(id)
        told.push(`${op.opId} ${id} ${rule}`)
      }
    }
  }
  return told
}
