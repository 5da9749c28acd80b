import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { appliedFromRecord } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { parseOp } from '#domain/log/op.ts'
import { CHAIN_START, findChainFault, type LogRecord } from '#domain/log/record.ts'
import { step } from '#domain/step.ts'
import type { Db } from '#storage/open-database.ts'
import { seenEntity, type EntityRow } from '#replica/store/entity-table.ts'
import { rebuildViews, recordOfRow } from '#replica/store/rebuild.ts'
import { absentScopes } from '#replica/store/set-aside.ts'
import { naiveState, shownState, type NaiveState } from './reference-state.ts'
import { sha256 } from '#tests/support/log-texts.ts'
import { HUB_ACTOR } from '#domain/log/ids.ts'
import { HUB_REPLICA } from '#hub/log/give-notices.ts'
import { checkEvidence } from './check-evidence.ts'
import type { DeviceProcess } from './device-process.ts'
import type { createDice } from './plan.ts'
import { MARK } from './reference-access.ts'
import { bulletinFaults, bulletinsMissed, isOfBulletins } from './reference-bulletins.ts'
import { momentsMissed, noticesGiven, noticesOwed } from './reference-notices.ts'
import { frozenScopes, type Simulation } from './simulation.ts'
import { hold } from './simulation-fault.ts'

type Row = Parameters<typeof recordOfRow>[0]
type Line = { kind: string; id: string; scope: string; body: string }

const recordsOf = (db: Db, order: string): LogRecord[] =>
  db.prepare<[], Row>(`SELECT scope, seq, hub_time, actor, outcome, bytes, hash FROM record ORDER BY ${order}`).all().map(recordOfRow)
const linesOf = (db: Db, column: string): Line[] =>
  db.prepare<[], Line>(`SELECT kind, id, scope, ${column} AS body FROM entity WHERE ${column} IS NOT NULL ORDER BY kind, id`).all()
const textOf = (lines: readonly Line[]) => lines.map(({ kind, id, scope, body }) => `${kind} ${id} ${scope} ${body}`).join('\n')
const opIdOf = (bytes: string) => (JSON.parse(bytes) as { opId: string }).opId

/** Folds a log from the empty state, or continues from a snapshot. */
function fold(records: readonly LogRecord[], entities = new Map<string, Entity>()): Map<string, Entity> {
  for (const record of records) {
    const parsed = parseOp(record.bytes)
    if (!parsed.ok || record.outcome.kind === 'rejected') continue
    const name = `${parsed.op.entity.kind} ${parsed.op.entity.id}`
    const next = step(entities.get(name), parsed.op, appliedFromRecord(record, parsed.op))
    if (next) entities.set(name, next)
  }
  return entities
}

const linesOfFold = (entities: Map<string, Entity>): Line[] =>
  [...entities.values()]
    .map(({ kind, id, scope, ...body }) => ({ kind, id, scope, body: JSON.stringify(body) }))
    .toSorted((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.id < b.id ? -1 : 1))

/** Checks every property of the whole system at rest. */
export function checkAll(simulation: Simulation, db: Db, dice: ReturnType<typeof createDice>): void {
  const records = recordsOf(db, 'scope, seq')
  checkHub(db, records, dice)
  const missed = momentsMissed(recordsOf(db, 'rowid'), simulation.hubClock.now())
  hold('P12', missed.length === 0, () => `nobody was told that ${missed.join('; ')}`)
  const late = bulletinsMissed(recordsOf(db, 'rowid'), simulation.hubClock.now())
  hold('bulletins', late.length === 0, () => late.join('; '))
  for (const device of simulation.devices) {
    hold('faults', device.faults.length === 0, () => `${device.name}: ${device.faults.join('\n')}`)
    checkChains(device)
    checkNothingLost(simulation, device, records)
    checkSecrets(simulation, device)
    if (simulation.rights.standing(device.memberId) !== 'out') checkConverged(simulation, device, db)
  }
  checkEvidence(simulation, db)
  for (const device of simulation.devices) checkRebuilt(device)
  hold('faults', simulation.hubFaults.length === 0, () => simulation.hubFaults.join('\n'))
}

function checkHub(db: Db, records: readonly LogRecord[], dice: ReturnType<typeof createDice>): void {
  const hubLines = linesOf(db, 'body')
  for (const [scope, own] of Map.groupBy(records, (record) => record.scope)) {
    const fault = findChainFault(own, sha256, scope)
    hold('P11', fault === null, () => `the hub's ${scope} breaks: ${JSON.stringify(fault)}`)
    checkFlip(own, scope, dice)
  }
  // P6: an op that was sent several times has one record per actor.
  for (const [name, same] of Map.groupBy(
    records.filter((record) => parseOp(record.bytes).ok),
    (record) => `${opIdOf(record.bytes)} of ${record.actor}`,
  )) {
    hold('P6', same.length === 1, () => `${name} has ${same.length} records`)
  }
  // A counter value of a device identifies one op, also when the data folder was copied.
  const numbers = records.flatMap((record) => {
    const parsed = parseOp(record.bytes)
    return parsed.ok && parsed.op.type !== 'entry.weigh' && parsed.op.replicaId !== HUB_REPLICA
      ? [{ name: `${parsed.op.counter} of ${parsed.op.replicaId}`, opId: parsed.op.opId }]
      : []
  })
  for (const [name, same] of Map.groupBy(numbers, (one) => one.name))
    hold('cloned', new Set(same.map(({ opId }) => opId)).size === 1, () => `number ${name} stands for ${same.length} ops`)
  // P2: folding the rest of the log onto a snapshot gives the same bytes as folding all of it, and the hub stores these bytes.
  const whole = textOf(linesOfFold(fold(records)))
  const cut = dice.of(records.length + 1)
  const snapshot = JSON.parse(JSON.stringify([...fold(records.slice(0, cut))])) as [string, Entity][]
  hold('P2', textOf(linesOfFold(fold(records.slice(cut), new Map(snapshot)))) === whole, () => `cut at ${cut}`)
  hold('P1', textOf(hubLines) === whole, () => `the hub's tables are not the fold of its log\n${firstDifference(textOf(hubLines), whole)}`)
  checkTotality(records, dice)
  checkNaively(hubLines, records)
  checkAuthority(recordsOf(db, 'rowid'))
  checkNotices(recordsOf(db, 'rowid'))
}

/** P11: a change of one character is detected, wherever it is. */
function checkFlip(own: readonly LogRecord[], scope: string, dice: ReturnType<typeof createDice>): void {
  const index = dice.of(own.length)
  const record = own[index]
  if (!record) return
  const at = dice.of(record.bytes.length)
  const flipped = record.bytes.slice(0, at) + String.fromCharCode(record.bytes.charCodeAt(at) ^ 1) + record.bytes.slice(at + 1)
  hold(
    'P11',
    findChainFault(own.toSpliced(index, 1, { ...record, bytes: flipped }), sha256, scope) !== null,
    () => `a changed character in ${scope} ${record.seq} goes unnoticed`,
  )
  if (index < own.length - 1)
    hold('P11', findChainFault(own.toSpliced(index, 1), sha256, scope) !== null, () => `a missing record of ${scope} goes unnoticed`)
}

/** P3: folding never throws, whatever a record contains. */
function checkTotality(records: readonly LogRecord[], dice: ReturnType<typeof createDice>): void {
  const state = fold(records)
  for (let tries = 0; tries < 5 && records.length > 0; tries++) {
    const record = dice.pick(records)
    const at = dice.of(record.bytes.length)
    const parsed = parseOp(
      record.bytes.slice(0, at) + dice.pick(['0', '"', 'null', '{', '', '[]', '-1']) + record.bytes.slice(at + dice.of(4)),
    )
    if (parsed.ok) step(state.get(`${parsed.op.entity.kind} ${parsed.op.entity.id}`), parsed.op, appliedFromRecord(record, parsed.op))
  }
}

/** The second oracle, written without the product's fold, see `reference-state.ts`. Clocks count in it only as P15 states. */
function checkNaively(hubLines: readonly Line[], records: readonly LogRecord[]): void {
  const naive = naiveState(records)
  hold(
    'P1',
    hubLines
      .map(({ kind, id }) => `${kind} ${id}`)
      .toSorted()
      .join() === [...naive.keys()].toSorted().join(),
    () => 'the oracles do not know the same entities',
  )
  for (const { kind, id, body } of hubLines) {
    const { state } = JSON.parse(body) as { state: NaiveState }
    const [shown, told] = [JSON.stringify(shownState(kind, state)), JSON.stringify(naive.get(`${kind} ${id}`))]
    hold('P1', shown === told, () => `the oracles differ on ${kind} ${id}\n${shown}\n${told}`)
  }
}

/** P10: in commit order, no record was accepted from a member who was out or could not see what the op is about. */
function checkAuthority(records: readonly LogRecord[]): void {
  const out = new Map<string, boolean>()
  const until = new Map<string, number>()
  const readers = new Map<string, string[] | null>()
  for (const { bytes, actor, outcome, scope, seq, hubTime } of records) {
    if (outcome.kind === 'rejected') continue
    const op = JSON.parse(bytes) as { type: string; entity: { id: string }; body: Record<string, unknown> }
    // This version does not judge what the newer hub accepted.
    if (op.type === 'entry.weigh') continue
    // When a moment comes, the hub itself writes a notice to the log of one member, or a bulletin to that of an incident.
    const may =
      actor === HUB_ACTOR
        ? op.type === 'notice.made'
          ? scope.startsWith('private:')
          : scope.startsWith('incident:') && isOfBulletins(op)
        : op.type === 'member.join'
          ? op.entity.id === actor
          : out.get(actor) === false && hubTime < (until.get(actor) ?? Number.POSITIVE_INFINITY)
    hold('P10', may, () => `${scope} ${seq} ${op.type} was accepted from ${actor}, who was out`)
    // The hub reads everything; what it may write is held above.
    const allowed = actor === HUB_ACTOR ? null : readers.get(scope)
    hold('P10', !allowed || allowed.includes(actor), () => `${scope} ${seq} ${op.type} was accepted from ${actor}, who does not read it`)
    if (op.type === 'member.join') {
      out.set(actor, false)
      const vendor = op.body['vendor'] as { until: number } | null | undefined
      if (vendor) until.set(actor, vendor.until)
    }
    if (op.type === 'member.revoke') out.set(op.entity.id, true)
    if (op.type === 'member.restore') out.set(op.entity.id, false)
    const named = (op.body['restrictedTo'] ?? (op.type === 'incident.restrict' ? op.body['members'] : undefined)) as string[] | undefined
    if (op.type === 'incident.declare') readers.set(scope, named ? [actor, ...named] : null)
    // The author and the commander of an incident always stay readers.
    if (op.type === 'incident.restrict') readers.set(scope, [actor, ...(named ?? []), ...declarers(records, scope)])
    if (op.type === 'incident.unrestrict') readers.set(scope, null)
  }
}

/** P12: the notices made are exactly the notices owed, one each and in the commit of their cause, however the log came about. */
function checkNotices(records: readonly LogRecord[]): void {
  const [given, owed] = [noticesGiven(records).toSorted().join('\n'), noticesOwed(records).toSorted().join('\n')]
  hold('P12', given === owed, () => `the hub's notices are not what its log asks for\n${firstDifference(given, owed)}`)
  const faults = bulletinFaults(records)
  hold('bulletins', faults.length === 0, () => faults.join('\n'))
}

function declarers(records: readonly LogRecord[], scope: string): string[] {
  return records.flatMap((record) => (record.scope === scope && record.seq === 1 ? [record.actor] : []))
}

/** P11 on the device: the records of each scope continue the chain from the place where the device began. */
function checkChains({ db, name }: DeviceProcess): void {
  const bases = new Map(
    db
      .prepare<[], { scope: string; seq: number; hash: string }>('SELECT scope, seq, hash FROM scope_base')
      .all()
      .map((base) => [base.scope, base]),
  )
  for (const [scope, own] of Map.groupBy(recordsOf(db, 'scope, seq'), (record) => record.scope)) {
    const from = bases.get(scope) ?? { seq: 0, hash: CHAIN_START }
    const fault = findChainFault(
      own.filter(({ seq }) => seq > from.seq),
      sha256,
      scope,
      from,
    )
    hold('P11', fault === null, () => `${name}'s ${scope} breaks: ${JSON.stringify(fault)}`)
  }
}

/** The content of an op without the device that wrote it. */
function said(bytes: string): string {
  const { replicaId: _replica, counter: _counter, ...rest } = JSON.parse(bytes) as Record<string, unknown>
  return JSON.stringify(rest)
}

/** P4, P5: an op that a commit confirmed is in the log, or is kept with its text for its author; it is never lost. */
function checkNothingLost(simulation: Simulation, device: DeviceProcess, records: readonly LogRecord[]): void {
  const { db, name, memberId } = device
  const texts = (table: string) =>
    new Map(
      db
        .prepare<[], { op_id: string; bytes: string }>(`SELECT op_id, bytes FROM ${table}`)
        .all()
        .map((row) => [row.op_id, row.bytes]),
    )
  const [attention, outbox] = [texts('attention'), texts('outbox')]
  const accepted = new Map(records.filter(({ outcome }) => outcome.kind === 'accepted').map((record) => [opIdOf(record.bytes), record]))
  const out = simulation.rights.standing(memberId) === 'out'
  const restored = simulation.plan.faults.includes('restore')
  const own = new Map(
    out ? recordsOf(db, 'seq').flatMap((record) => (parseOp(record.bytes).ok ? [[opIdOf(record.bytes), record.bytes] as const] : [])) : [],
  )
  const frozen = frozenScopes(device.store)
  // The device keeps the records of an absent scope unchanged until the hub receives the scope again.
  const absent = absentScopes(db)
  const kept = new Map(
    recordsOf(db, 'seq').flatMap((one) =>
      absent.has(one.scope) && parseOp(one.bytes).ok ? [[opIdOf(one.bytes), one.bytes] as const] : [],
    ),
  )
  for (const [opId, text] of device.confirmed) {
    const record = accepted.get(opId)
    const waiting =
      attention.get(opId) ??
      own.get(opId) ??
      kept.get(opId) ??
      (out || frozen.has((JSON.parse(text) as { scope: string }).scope) || absent.has((JSON.parse(text) as { scope: string }).scope)
        ? outbox.get(opId)
        : undefined)
    const there = record?.bytes ?? waiting
    // A device cannot offer again what it had to forget, also not to a restored hub: P10 takes precedence over P4.
    if (there === undefined && restored && device.forgotten.has((JSON.parse(text) as { scope: string }).scope)) continue
    hold(
      'P5',
      there !== undefined,
      () =>
        `${name}: ${opId} is nowhere; the hub says ${JSON.stringify(records.find(({ bytes }) => bytes.includes(`"opId":"${opId}"`))?.outcome ?? null)}\n${text}`,
    )
    hold('P5', said(there ?? '{}') === said(text), () => `${name}: ${opId} is not what was written`)
    if (record) hold('P10', record.actor === memberId, () => `${opId} stands under another name`)
  }
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesUnder(path) : [path]
  })
}

/** P10: no file of a device contains a text that its member was never given, or a text of a scope that they may no longer read. */
function checkSecrets(simulation: Simulation, device: DeviceProcess): void {
  const { rights } = simulation
  const { memberId } = device
  const own = new Set(simulation.broughtBy(memberId))
  for (const other of simulation.devices)
    if (other.memberId === memberId) for (const text of other.confirmed.values()) for (const [mark] of text.matchAll(MARK)) own.add(mark)
  const given = rights.given(memberId)
  const out = rights.standing(memberId) === 'out'
  const hidden = rights.hidden(memberId)
  for (const path of filesUnder(device.folder)) {
    for (const [mark] of readFileSync(path, 'latin1').matchAll(MARK)) {
      hold('P10', own.has(mark) || given.has(mark), () => `${path} of ${memberId} holds ${mark}, which was never theirs to read`)
      hold(
        'P10',
        out || own.has(mark) || !hidden.has(mark),
        () => `${path} of ${memberId} still holds ${mark}, which is no longer theirs to read`,
      )
    }
  }
}

/** P1, P7, P8: in all that its member may read, a device holds the hub's state byte for byte, without any own pending op over it. */
function checkConverged(simulation: Simulation, device: DeviceProcess, hubDb: Db): void {
  const { name, db, store, memberId, troubles } = device
  const frozen = frozenScopes(store)
  const absent = absentScopes(db)
  const atHub = new Set(hubDb.prepare<[], string>('SELECT scope FROM scope_head WHERE seq > 0').pluck().all())
  for (const scope of absent) hold('P10', !atHub.has(scope), () => `${name} keeps ${scope} as unknown to the hub, which has it`)
  const readable = new Set(simulation.rights.heads(memberId).map(({ scope }) => scope))
  const ofHub = textOf(linesOf(hubDb, 'body').filter(({ scope }) => readable.has(scope) && !frozen.has(scope)))
  const here = textOf(linesOf(db, 'canonical').filter(({ scope }) => !frozen.has(scope) && !absent.has(scope)))
  hold('P1', here === ofHub, () => `${name} holds something else than the hub\n${firstDifference(here, ofHub)}`)
  for (const { scope, seq, hash, frozen: since } of store.cursors().filter((one) => !absent.has(one.scope))) {
    const at = hubDb.prepare<[string, number], { hash: string }>('SELECT hash FROM record WHERE scope = ? AND seq = ?').get(scope, seq)
    hold('P1', seq === 0 || at?.hash === hash, () => `${name} stands at ${scope} ${seq}, with another hash than the hub`)
    hold('P10', seq === 0 || readable.has(scope), () => `${name} keeps a cursor in ${scope}, which ${memberId} may not read`)
    if (since === null) continue
    const prefix = recordsOf(hubDb, 'scope, seq').filter((record) => record.scope === scope && record.seq <= seq)
    hold(
      'P13',
      textOf(linesOf(db, 'canonical').filter((line) => line.scope === scope)) === textOf(linesOfFold(fold(prefix))),
      () => `${name}: ${scope}, frozen at ${seq}, is not the fold up to there`,
    )
  }
  const open = db
    .prepare<[], { kind: string; id: string; scope: string }>('SELECT kind, id, scope FROM entity WHERE view IS NOT NULL')
    .all()
    .filter(({ scope }) => !frozen.has(scope) && !absent.has(scope))
  hold('P8', open.length === 0, () => `${name} draws something over ${JSON.stringify(open)}`)
  const { faults } = simulation.plan
  const unexpected = troubles.filter(
    ({ kind }) => !(kind === 'frozen' && faults.includes('critical')) && !(kind === 'forked' && faults.includes('restore')),
  )
  hold('faults', unexpected.length === 0, () => `${name}: ${JSON.stringify(unexpected)}`)
}

/** P14: a rebuild of all views, as by a newer version, changes nothing in what is shown, searched, or needs attention. */
function checkRebuilt({ name, db, store }: DeviceProcess): void {
  // A member who is out keeps unsent ops, and ops that were forced into the outbox were never part of a view.
  if (store.pendingCount().count > 0) return
  const look = () =>
    [
      textOf(linesOf(db, 'canonical')),
      ...db
        .prepare<[], EntityRow>('SELECT * FROM entity ORDER BY kind, id')
        .all()
        .map((row) => JSON.stringify(seenEntity(row))),
      ...db.prepare<[], string>('SELECT op_id || code FROM attention ORDER BY op_id').pluck().all(),
      ...db
        .prepare<[], string>(`SELECT id FROM entity WHERE row IN (SELECT rowid FROM search WHERE search MATCH '"投诉"') ORDER BY id`)
        .pluck()
        .all(),
    ].join('\n')
  const before = look()
  rebuildViews(db)
  const after = look()
  hold('P14', after === before, () => `${name} is another one after its views were made anew\n${firstDifference(after, before)}`)
}

function firstDifference(one: string, other: string): string {
  const [a, b] = [one.split('\n'), other.split('\n')]
  const index = Array.from({ length: Math.max(a.length, b.length) }, (_, at) => at).find((at) => a[at] !== b[at]) ?? 0
  return `${a[index] ?? '(nothing)'}\n${b[index] ?? '(nothing)'}`
}
