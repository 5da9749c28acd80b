import type { CommandRead, CommandRefusal, Draft } from '#domain/commands/command.ts'
import { appliedFromRecord, appliedPending } from '#domain/log/applied.ts'
import type { Entity } from '#domain/log/entity.ts'
import { makeHlc } from '#domain/log/hybrid-clock.ts'
import { Uuid } from '#domain/log/ids.ts'
import { Op } from '#domain/log/op.ts'
import { refuse, type Refusal } from '#domain/log/refusal.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import { decide, step } from '#domain/step.ts'
import { TWO_AT_NIGHT } from '#tests/support/fake-clock.ts'
import { idOf } from '#tests/support/log-texts.ts'

type Entities = Map<string, Entity>
type Written = { op: Op; after: readonly string[] }

/** What a person's device shows, and what it has written since it last reached the hub. */
type Device = { shown: Entities; seen: number; outbox: Written[] }

const keyOf = (kind: string, id: string) => `${kind} ${id}`

/**
 * A hub and devices without storage or network, over the real `decide` and `step`. A device shows what it saw when it last
 * reached the hub, with its own ops since; the hub judges these when they arrive.
 */
export function createWorld(ids: () => string) {
  const entities: Entities = new Map()
  const devices = new Map<string, Device>()
  let seq = 0
  let now = TWO_AT_NIGHT
  let counter = 0
  const judged: { actor: string; op: Op; refusal: Refusal | null; after: Entity | undefined }[] = []

  const readerOf = (from: Entities) => ({ read: (kind: string, id: string) => from.get(keyOf(kind, id)) })
  const contextOf = (from: Entities, actorId: string) => ({
    ...readerOf(from),
    actorId,
    actor: MEMBER.read(readerOf(from), actorId)?.state ?? null,
    now,
    admission: null,
  })

  function deviceOf(actor: string): Device {
    const device = devices.get(actor) ?? { shown: new Map(entities), seen: seq, outbox: [] }
    devices.set(actor, device)
    return device
  }

  function opOf({ scope, kind, id, type, version = 1, body }: Draft, actor: string, seen: number): Op {
    counter += 1
    const replicaId = idOf(0xd_0000 + [...devices.keys()].indexOf(actor))
    const hlc = makeHlc(now, counter)
    return Op.parse({ opId: ids(), scope, replicaId, counter, entity: { kind, id }, type, version, body, hlc, baseSeq: seen })
  }

  return {
    entities,
    judged,
    idOf: ids,
    get now() {
      return now
    },
    advance(milliseconds: number) {
      now += milliseconds
    },
    /** Puts an entity there without an op. */
    put(entity: Entity) {
      entities.set(keyOf(entity.kind, entity.id), entity)
    },
    /** What a device may read for a command. */
    readOf(actor: string): CommandRead {
      const { shown } = deviceOf(actor)
      return {
        one: (kind, id) => kind.as(shown.get(keyOf(kind.kind, id))),
        all: (kind, scope) => [...shown.values()].filter((one) => one.scope === scope).flatMap((one) => kind.as(one) ?? []),
      }
    },
    /** Writes drafts on a device, as a whole or not at all. Unless `unchecked`, the device refuses early what the hub would refuse. */
    write(actor: string, drafts: Draft[] | CommandRefusal, unchecked = false): Refusal | null {
      if ('code' in drafts) return refuse('not-found')
      const device = deviceOf(actor)
      const shown = new Map(device.shown)
      const written: Written[] = []
      for (const draft of drafts) {
        const op = opOf(draft, actor, device.seen)
        const refusal = unchecked ? null : decide(contextOf(shown, actor), op)
        if (refusal) return refusal
        const entity = step(shown.get(keyOf(draft.kind, draft.id)), op, appliedPending(op, actor))
        if (entity) shown.set(keyOf(draft.kind, draft.id), entity)
        written.push({ op, after: (draft.after ?? []).map((index) => written[index]?.op.opId ?? '') })
      }
      device.shown = shown
      device.outbox.push(...written)
      return null
    },
    /** A device reaches the hub: its ops are judged in order, then it shows what the hub has. */
    sync(actor: string) {
      const device = deviceOf(actor)
      const refused = new Set<string>()
      for (const { op, after } of device.outbox) {
        const before = entities.get(keyOf(op.entity.kind, op.entity.id))
        const depends = after.some((id) => refused.has(id))
        const refusal: Refusal | null = depends ? refuse('depends-on-rejected') : decide(contextOf(entities, actor), op)
        if (refusal) refused.add(op.opId)
        else {
          seq += 1
          const record = { scope: op.scope, seq, hubTime: now, actor: Uuid.parse(actor), outcome: { kind: 'accepted' as const }, bytes: '' }
          const after_ = step(before, op, appliedFromRecord(record, op))
          if (after_) entities.set(keyOf(op.entity.kind, op.entity.id), after_)
        }
        judged.push({ actor, op, refusal, after: entities.get(keyOf(op.entity.kind, op.entity.id)) })
      }
      devices.set(actor, { shown: new Map(entities), seen: seq, outbox: [] })
    },
  }
}

export type ApprovalWorld = ReturnType<typeof createWorld>
