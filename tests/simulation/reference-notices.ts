import type { Op } from '#domain/log/op.ts'
import type { LogRecord } from '#domain/log/record.ts'
import { naiveState } from './reference-state.ts'

/** A notice as one line: cause, recipient, rule. */
type Told = string

type Member = { revoked: boolean; from: number; until: number }
type Incident = {
  author: string
  commander: string
  readers: string[] | null
  stage: unknown
  lines: LogRecord[]
  follows: Map<string, boolean>
  closed: boolean
  clocks: Map<string, Clock>
}
/** A clock of an incident: its deadline, and whether it is open. */
type Clock = { due: number; open: boolean; moments: Moment[] }
/**
 * A moment of a clock. `waits`: no notice of it was made since the clock was last started. `quiet`: it may have come while there
 * was nobody left to notify. `cause`: the cause that its notices name.
 */
type Moment = { rule: string; at: number; waits: boolean; quiet: boolean; cause: string | null; told: Set<string> }

const FOREVER = Number.MAX_SAFE_INTEGER
const QUARTER = 900_000

function clockOf(due: number): Clock {
  const moment = (rule: string, at: number): Moment => ({ rule, at, waits: true, quiet: false, cause: null, told: new Set() })
  return { due, open: true, moments: [moment('clock-soon', due - QUARTER), moment('clock-due', due)] }
}

function setGoing(clock: Clock): void {
  for (const moment of clock.moments) Object.assign(moment, { waits: true, quiet: false })
}

function accepted(records: readonly LogRecord[]): { record: LogRecord; op: Op }[] {
  return records.flatMap((record) => (record.outcome.kind === 'accepted' ? [{ record, op: JSON.parse(record.bytes) as Op }] : []))
}

/** Notices of bulletins belong to the course of those, see `reference-bulletins.ts`. */
const isOfBulletins = ({ body }: Op) => String(body['rule']).startsWith('bulletin-')

/** The notices in a log, apart from those of bulletins. */
export function noticesGiven(records: readonly LogRecord[]): Told[] {
  return accepted(records).flatMap(({ record, op }) =>
    op.type === 'notice.made' && !isOfBulletins(op)
      ? [`${String(op.body['cause'])} ${record.scope.slice('private:'.length)} ${String(op.body['rule'])}`]
      : [],
  )
}

/**
 * The notices that a log requires, derived a second time without the product's rules: record by record in commit order, tracking
 * who belongs to the team, and who reads, commands and follows each incident.
 *
 * A moment of a clock is not a record. When its first notice is in the log, all notices that were due by then must be; when none
 * is, see {@link momentsMissed}.
 */
export function noticesOwed(records: readonly LogRecord[]): Told[] {
  return readLog(records).told
}

/**
 * Moments of clocks that have come without any notice although somebody had to be notified, on a hub that has had the time to.
 * @param now by the hub's clock, milliseconds since 1970
 */
export function momentsMissed(records: readonly LogRecord[], now: number): string[] {
  const { incidents, toldOf } = readLog(records)
  return [...incidents].flatMap(([scope, incident]) =>
    [...incident.clocks].flatMap(([id, clock]) =>
      clock.moments.flatMap((moment) => {
        const past = moment.rule === 'clock-soon' && clock.due <= now
        if (incident.closed || !clock.open || past || moment.at > now || !moment.waits || moment.quiet) return []
        const whom = toldOf(incident, now).filter((one) => !moment.told.has(one))
        return whom.length === 0 ? [] : [`${scope} ${moment.rule} ${id} ${whom.join()}`]
      }),
    ),
  )
}

function readLog(records: readonly LogRecord[]) {
  const members = new Map<string, Member>()
  const incidents = new Map<string, Incident>()
  const named = new Map<string, Set<string>>()
  const told: Told[] = []
  const followersOf = (incident: Incident) =>
    [incident.author, incident.commander, ...incident.follows.keys()].filter((id) => incident.follows.get(id) !== false)
  const isReader = (id: string, incident: Incident, at: number) => {
    const one = members.get(id)
    return one !== undefined && !one.revoked && at >= one.from && at < one.until && (!incident.readers || incident.readers.includes(id))
  }
  const toldOf = (incident: Incident, at: number) =>
    [...new Set([incident.commander, ...followersOf(incident)])].filter((id) => isReader(id, incident, at))

  /** Marks moments that may have come between two records while there was nobody to notify. */
  function noteQuiet(at: number): void {
    for (const incident of incidents.values())
      for (const { moments } of incident.clocks.values())
        for (const moment of moments)
          if (moment.waits && moment.at <= at && toldOf(incident, at).every((id) => moment.told.has(id))) moment.quiet = true
  }

  function readMoment(op: Op, hubTime: number): void {
    const { rule, cause, params, incidentId } = op.body as {
      rule: string
      cause: string
      incidentId: string
      params: Record<string, unknown>
    }
    const incident = incidents.get(`incident:${incidentId}`)
    const clock = incident?.clocks.get(String(params['clock']))
    const moment = clock?.moments.find((one) => one.rule === rule)
    if (!incident || !clock || !moment || incident.closed || !clock.open || moment.at > hubTime) return
    if (!moment.waits || params['dueAt'] !== clock.due || (moment.cause ?? cause) !== cause) return
    // After the notice that a deadline has passed there is no notice that it is near.
    if (rule === 'clock-soon' && clock.moments.some((one) => one.rule === 'clock-due' && one.cause !== null)) return
    Object.assign(moment, { waits: false, cause })
    for (const id of toldOf(incident, hubTime)) {
      if (moment.told.has(id)) continue
      moment.told.add(id)
      told.push(`${cause} ${id} ${rule}`)
    }
  }

  function readClock(incident: Incident, { type, body }: Op, hubTime: number): void {
    const clock = incident.clocks.get(String(body['clock']))
    if (clock?.open && (type === 'incident.meet-clock' || type === 'incident.stop-clock')) clock.open = false
    if (clock && type === 'incident.reopen-clock') {
      clock.open = true
      setGoing(clock)
    }
    if (type === 'incident.change-level')
      for (const [id, limit] of Object.entries(body['clocks'] as Record<string, number>))
        if (!incident.clocks.has(id)) incident.clocks.set(id, clockOf(hubTime + limit))
    if (type === 'incident.set-status') {
      if (incident.closed && body['to'] !== 'closed') for (const one of incident.clocks.values()) setGoing(one)
      incident.closed = body['to'] === 'closed'
    }
    if (type === 'incident.hand-over' && body['to'] !== null) {
      incident.commander = String(body['to'])
      incident.readers?.push(incident.commander)
    }
  }

  for (const { record, op } of accepted(records)) {
    const { actor, scope, hubTime } = record
    const { body, type } = op
    noteQuiet(hubTime)
    if (type === 'notice.made' && String(body['rule']).startsWith('clock-')) readMoment(op, hubTime)
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
        closed: false,
        clocks: new Map(
          Object.entries((body['clocks'] ?? {}) as Record<string, number>).map(([id, limit]) => [
            id,
            clockOf(Math.min(Number(body['declaredAt']), hubTime) + limit),
          ]),
        ),
      })
    }
    const incident = incidents.get(scope)
    if (!incident) continue
    incident.lines.push(record)
    if (op.entity.kind === 'incident') readClock(incident, op, hubTime)
    const followers = () => followersOf(incident)
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
    if (type === 'incident.set-status') reasons.push(['status-changed', followers()])
    if (type === 'followers.leave') incident.follows.set(actor, false)
    if (type === 'followers.add') {
      const who = String(body['memberId'])
      if (body['why'] === 'chosen' || !incident.follows.has(who)) incident.follows.set(who, true)
    }
    // The author and the commander of an incident always stay readers.
    if (type === 'incident.restrict') incident.readers = [incident.author, incident.commander, actor, ...(body['members'] as string[])]
    if (type === 'incident.unrestrict') incident.readers = null
    const reached = new Set<string>([actor])
    for (const [rule, whom] of reasons) {
      for (const id of whom) {
        if (!isReader(id, incident, hubTime) || reached.has(id)) continue
        reached.add(id)
        told.push(`${op.opId} ${id} ${rule}`)
      }
    }
  }
  return { told, incidents, toldOf }
}
