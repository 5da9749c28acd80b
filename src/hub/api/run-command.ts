import type { CommandEdge, CommandRead, Draft } from '#domain/commands/command.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentScope } from '#domain/log/ids.ts'
import { fail, type Failure, type Result } from '#contract/failures.ts'
import type { ApiHub } from './api-hub.ts'
import { createReadModel } from './read-model.ts'
import { writeOps, type Ids, type Written } from './write-ops.ts'

/** Thrown when a command reads what is not loaded yet; call `load()` and run it again. */
class NotLoaded extends Error {
  override readonly name = 'NotLoaded'
}

/** A synchronous view of what a member may read at the hub. A value that was read stays the same for the whole command. */
function createView(
  hub: Pick<ApiHub, 'hub'>,
  memberId: string,
): { read: CommandRead; take(known: readonly Entity[]): Promise<void>; load(): Promise<void> } {
  const { log } = hub.hub
  const { ofKind } = createReadModel(hub)
  const ones = new Map<string, Entity | undefined>()
  const lists = new Map<string, readonly Entity[]>()
  const wanted: (() => Promise<void>)[] = []
  const nameOf = (kind: string, of: string) => `${kind}\n${of}`

  function known<Value>(map: ReadonlyMap<string, Value>, key: string, load: () => Promise<void>): Value {
    if (!map.has(key)) {
      wanted.push(load)
      throw new NotLoaded('A command reads what is not loaded')
    }
    return map.get(key) as Value
  }

  return {
    read: {
      one: (of, id) => {
        const found = known(ones, nameOf(of.kind, id), async () => {
          // The scope of an incident is checked first: even a damaged row must not reveal a hidden incident.
          const asked = of.kind !== 'incident' || (await log.mayRead(memberId, incidentScope(id)))
          const entity = asked ? await log.readEntity(of.kind, id) : undefined
          ones.set(nameOf(of.kind, id), entity && (await log.mayRead(memberId, entity.scope)) ? entity : undefined)
        })
        return of.as(found)
      },
      all: (of, scope) => {
        const found = known(lists, nameOf(of.kind, scope), async () => {
          lists.set(nameOf(of.kind, scope), (await log.mayRead(memberId, scope)) ? (await ofKind(of, scope)).found : [])
        })
        return found.flatMap((entity) => of.as(entity) ?? [])
      },
    },
    /** Takes entities that were read before, those that the member may read. */
    async take(entities: readonly Entity[]) {
      const may = new Map<string, boolean>()
      for (const entity of entities) {
        const { kind, id, scope } = entity
        const isReadable = may.get(scope) ?? (await log.mayRead(memberId, scope))
        may.set(scope, isReadable)
        ones.set(nameOf(kind, id), isReadable ? entity : undefined)
      }
    },
    async load() {
      for (const one of wanted.splice(0)) await one()
    },
  }
}

/**
 * Computes something from what a member may read at the hub.
 * @param compute restarted from the beginning until its reads are loaded, so it must have no side effects
 * @param known entities that it reads and that the caller has; each is checked for the member's right to read it
 */
export async function readAs<Value>(
  hub: Pick<ApiHub, 'hub'>,
  memberId: string,
  compute: (read: CommandRead) => Value,
  known: readonly Entity[] = [],
): Promise<Value> {
  const { read, take, load } = createView(hub, memberId)
  await take(known)
  for (;;) {
    try {
      return compute(read)
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error
      await load()
    }
  }
}

/**
 * Runs a command at the hub as a member, the same command as the member's screens use.
 * @param ids IDs for everything that the command creates: with the same IDs, it takes effect once, however often it is repeated
 * @param command restarted from the beginning until its reads are loaded, so it must have no side effects
 * @param needs the ops that must be accepted for the act to be done; by default only the first: the others go with it
 * @returns where the first op is in the log, or why the act was refused
 */
export async function runCommand(
  hub: ApiHub,
  memberId: string,
  ids: Ids,
  command: (read: CommandRead, edge: CommandEdge) => Draft[] | Failure,
  needs: 'first' | 'all' = 'first',
): Promise<Result<Written>> {
  const now = hub.now()
  const isService = await hub.tokens.isService(memberId)
  const drafts = await readAs(hub, memberId, (read) => {
    let made = 0
    return command(read, { actorId: memberId, now, isService, uuid: () => ids(`made ${made++}`) })
  })
  if ('code' in drafts) return { ok: false, failure: drafts }
  // A device writes all ops of a command or none. Here each op is judged separately, so the others depend on the first.
  const whole = drafts.map((draft, index) => (index === 0 || draft.after ? draft : { ...draft, after: [0] }))
  return whole.length === 0 ? fail('nothing-changes') : writeOps(hub, memberId, ids, whole, needs)
}
