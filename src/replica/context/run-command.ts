import type { Command, CommandRead } from '#domain/commands/command.ts'
import type { Entity } from '#domain/log/entity.ts'
import { done, type Result } from '#contract/failures.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { write, type ServiceContext } from './service-context.ts'

/** What a command may look at: what this device shows, own pending ops included. */
export function commandRead({ db, store }: Pick<ServiceContext, 'db' | 'store'>): CommandRead {
  return {
    // The kind of an entity fixes its state: only op types of that kind ever write it.
    one: <State>({ kind }: { kind: string }, id: string) => store.read(kind, id) as Entity<State> | undefined,
    all: <State>({ kind }: { kind: string }, scope: string) =>
      db
        .prepare<[string, string], EntityRow>('SELECT * FROM entity WHERE kind = ? AND scope = ?')
        .all(kind, scope)
        .flatMap((row) => (seenEntity(row) as Entity<State> | undefined) ?? []),
  }
}

/**
 * Does an act as the member of this device, and tells everybody who needs to know. Durable when it succeeds.
 * @returns the ids of the ops, none where the act changes nothing; or why nothing was written
 */
export function runCommand<Input>(context: ServiceContext, command: Command<Input>, input: Input): Result<{ opIds: string[] }> {
  const edge = { actorId: context.store.meta.read('memberId'), now: context.now(), uuid: context.uuid }
  const drafts = command(commandRead(context), input, edge)
  if ('code' in drafts) return { ok: false, failure: drafts }
  return drafts.length === 0 ? done({ opIds: [] }) : write(context, drafts)
}
