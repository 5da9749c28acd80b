import { expect, test } from 'vitest'
import { z } from 'zod'
import { LinkAnswer, PushedReply } from '#contract/hub-wire.ts'
import { customersScope, isUuid, privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { KNOWN_OP_TYPES, findOpType } from '#domain/features.ts'
import { ANN, BEN, declareText, idOf, INCIDENT, INCIDENT_SCOPE, joinText, opText } from '#tests/support/log-texts.ts'
import { REFUSED_KEPT } from '#hub/log/refused-texts.ts'
import { createRandom } from '#tests/support/seeded.ts'
import { openServed } from './served-hub.ts'
import { ODD_IDS, pick, sample, spoil, STRANGE, type Dice, type Schema } from './spoil.ts'

/** Ops of an ordinary run, multiplied by `STORMROOM_RUNS`. */
const OPS = 3000 * Number(process.env['STORMROOM_RUNS'] ?? 1)
const SEED = Number(process.env['STORMROOM_SEED'] ?? 20_261_130)
const BATCH = 20
const TIMEOUT = { timeout: 3_600_000 }

const TYPES = KNOWN_OP_TYPES.flatMap((name) => {
  const [type = '', version] = name.split('@')
  const found = findOpType(type, Number(version))
  return found ? [{ ...found, schema: z.toJSONSchema(found.body, { io: 'input', unrepresentable: 'any' }) as Schema }] : []
})

const SCOPES = {
  team: TEAM_SCOPE,
  incident: INCIDENT_SCOPE,
  'team-or-incident': INCIDENT_SCOPE,
  customers: customersScope(INCIDENT),
  private: privateScope(ANN),
}
let counted = 0x100_0000
const freshId = () => idOf((counted += 1))

/** A deeply nested value: a recursive reader would run out of stack or take too long. */
const deep = (levels: number): unknown => (levels === 0 ? 'x' : [deep(levels - 1)])

/** An op of a known or unknown type with something invalid in it, sometimes a valid op. */
function spoiltOp(dice: Dice): string {
  const type = pick(dice, TYPES)
  const body = sample(type.schema)
  const said = dice()
  const spoilt =
    said < 0.1
      ? body
      : said < 0.15
        ? { ...(body as object), more: deep(19) }
        : said < 0.2
          ? JSON.parse('{"__proto__":{"mentions":1},"constructor":5,"toString":null}')
          : said < 0.6
            ? Object.fromEntries(
                Object.keys(body as object).map((key) => [
                  key,
                  dice() < 0.5 ? pick(dice, STRANGE) : (body as Record<string, unknown>)[key],
                ]),
              )
            : spoil(dice, body)
  // Another shape under a current name, as a newer version might have it.
  const version = dice() < 0.15 ? pick(dice, [2, 7, 999]) : type.version
  const id = dice() < 0.5 ? freshId() : pick(dice, [INCIDENT, INCIDENT, BEN, idOf(0x500), 'team', 'agent-words', ...ODD_IDS])
  const op = {
    opId: freshId(),
    scope: SCOPES[type.scope],
    replicaId: freshId(),
    counter: 1,
    entity: { kind: type.kind, id },
    type: type.type,
    version,
    body: spoilt,
    hlc: '0'.repeat(16),
    baseSeq: 0,
    ...(dice() < 0.1 ? { after: [pick(dice, [freshId(), ...ODD_IDS])] } : {}),
  }
  if (dice() < 0.85) return JSON.stringify(op)
  const other: unknown =
    dice() < 0.5
      ? spoil(dice, op)
      : {
          ...op,
          [pick(dice, ['opId', 'scope', 'replicaId', 'type', 'entity'])]: pick(dice, [
            ...ODD_IDS,
            `incident:${pick(dice, ODD_IDS)}`,
            `private:${pick(dice, ODD_IDS)}`,
            'constructor',
            '__proto__',
            { kind: 'entry', id: pick(dice, STRANGE) },
          ]),
        }
  return JSON.stringify(other) ?? 'null'
}

test(
  `${OPS} spoilt ops of every type there is: each is answered by a record, none is the hub's fault, and the sound one behind them goes through`,
  TIMEOUT,
  async () => {
    const served = await openServed()
    await served.team.submit([joinText(BEN, '本')], BEN, { kind: 'invited', role: 'pr' })
    const dice = createRandom(SEED)
    const codes = new Map<string, number>()
    const types = new Set<string>()
    for (let sent = 0; sent < OPS; sent += BATCH) {
      const spoilt = Array.from({ length: BATCH }, () => spoiltOp(dice))
      const ops = [...spoilt, declareText(freshId())]
      const answer = LinkAnswer.parse(await served.wire.ask('push', { ops }))
      if (answer.t !== 'ok') throw new Error(`${JSON.stringify(answer)} was the answer to ${ops.join('\n')}`)
      const { records } = PushedReply.parse(answer.reply)
      expect(records).toHaveLength(ops.length)
      expect(records.at(-1)?.outcome).toEqual({ kind: 'accepted' })
      for (const [index, { outcome, bytes }] of records.entries()) {
        const code = outcome.kind === 'accepted' ? 'accepted' : outcome.code
        codes.set(code, (codes.get(code) ?? 0) + 1)
        expect(outcome.kind === 'rejected' && outcome.code === 'unreadable-here', ops[index]).toBe(false)
        if (outcome.kind === 'accepted') for (const id of idsIn(bytes)) expect(isUuid(id), bytes).toBe(true)
        if (outcome.kind === 'accepted') types.add((JSON.parse(bytes) as { type: string }).type)
      }
    }
    // Some were valid, some were of a newer version, and most were invalid.
    expect([...codes.keys()]).toEqual(expect.arrayContaining(['accepted', 'malformed', 'unknown-type']))
    expect(types.size).toBeGreaterThan(3)
    // However many ops of one member are refused, no more of them is kept than the limit allows.
    const { count, length } = await served.team.hub.database.kysely
      .selectFrom('refused_text')
      .selectAll()
      .where('member_id', '=', ANN)
      .executeTakeFirstOrThrow()
    expect(count).toBe(Math.min(count, REFUSED_KEPT.count))
    expect(length).toBeLessThanOrEqual(REFUSED_KEPT.length)
    expect(await served.team.isSound()).toBe(true)
    expect(served.faults.slice(0, 3)).toEqual([])
  },
)

/** The ids outside the body. */
function idsIn(bytes: string): string[] {
  const { opId, replicaId, after = [] } = JSON.parse(bytes) as { opId: string; replicaId: string; after?: string[] }
  return [opId, replicaId, ...after]
}

test('an id that no code of ours makes is refused at the door, before the invite is used, and by the API in words', async () => {
  const served = await openServed()
  const { secret } = await served.team.accounts.invites.make({ role: 'pr' }, '', 1, ANN)
  const join = (formerId: unknown) =>
    served.server.app.inject({
      method: 'POST',
      url: '/auth/join',
      payload: { secret, name: '某人', login: 'someone', password: '一只猫走过屋顶 42', device: 'd', formerId },
    })
  for (const odd of [...ODD_IDS, '', null, 5, {}, []]) expect((await join(odd)).statusCode, String(odd)).toBe(400)
  const joined = await join(freshId())
  expect(joined.statusCode).toBe(200)
  const made = await served.link.ask('team.createToken', { name: 't', kind: 'personal', scopes: ['incidents:read'], days: 1 })
  if (!made.ok) throw new Error(made.failure.code)
  for (const odd of [...ODD_IDS, '%zz', '%00', 'x'.repeat(5000)]) {
    const answer = await served.server.app.inject({
      method: 'GET',
      url: `/api/v1/incidents/${odd.startsWith('%') ? odd : encodeURIComponent(odd)}`,
      headers: { authorization: `Bearer ${made.value.secret}` },
    })
    expect(answer.statusCode, odd).toBe(400)
    expect(answer.headers, odd).toMatchObject({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
    expect(answer.json(), odd).toMatchObject({ status: 400, code: 'bad-input' })
  }
  // An id in a body is checked where its type says that it is an id, and nowhere else.
  const { records } = await served.link.push([
    opText({
      type: 'entry.record',
      kind: 'entry',
      id: freshId(),
      body: { kind: 'observation', text: ODD_IDS[2], happenedAt: Date.parse('2026-03-15') },
    }),
  ])
  expect(records[0]?.outcome).toEqual({ kind: 'accepted' })
  expect(served.faults).toEqual([])
})
