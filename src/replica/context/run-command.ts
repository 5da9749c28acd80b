import type { Command, CommandRead } from '#domain/commands/command.ts'
import { done, type Result } from '#contract/failures.ts'
import { seenEntity, type EntityRow } from '../store/entity-table.ts'
import { write, type ServiceContext } from './service-context.ts'

/** What a command may read: what this device shows, own pending ops included. */
export function commandRead({ db, store }: Pick<ServiceContext, 'db' | 'store'>): CommandRead {
  return {
    one: (kind, id) => kind.as(store.read(kind.kind, id)),
    all: (kind, scope) =>
      db
        .prepare<[string, string], EntityRow>('SELECT * FROM entity WHERE kind = ? AND scope = ?')
        .all(kind.kind, scope)
        .flatMap((row) => kind.as(seenEntity(row)) ?? []),
  }
}

/**
 * Runs a command as the member of this device and announces the changes. Durable on success.
 * @returns the ids of the ops, none if the command changes nothing; or why nothing was written
 */
export function runCommand<Input>(context: ServiceContext, command: Command<Input>, input: Input): Result<{ opIds: string[] }> {
  const edge = { actorId: context.store.meta.read('memberId'), now: context.now(), uuid: context.uuid }
  const drafts = command(commandRead(context), input, edge)
  if ('code' in drafts) return { ok: false, failure: drafts }
  return drafts.length === 0 ? done({ opIds: [] }) : write(context, drafts)
}
