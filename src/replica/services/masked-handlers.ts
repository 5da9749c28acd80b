import { parseOp } from '#domain/log/op.ts'
import { maskValues } from '#domain/privacy/mask-values.ts'
import { restoreMasked } from '#domain/privacy/restore-masked.ts'
import { api, type CallName } from '#contract/api.ts'
import { fail } from '#contract/failures.ts'
import { handlerOf, mapHandlers, namesOf, type Procedure } from '#contract/procedure.ts'
import type { ServiceContext } from '../context/service-context.ts'

/**
 * Fields in answers of the workspace and about the team that are not masked: names and addresses of members and machines.
 * They contain nothing written about a customer.
 */
export const OF_THE_MACHINE: ReadonlySet<string> = new Set([
  'id',
  'login',
  'code',
  'secret',
  'pollSecret',
  'url',
  'authorizeUrl',
  'address',
  'addresses',
  'fingerprint',
  'openIdConnect',
  'dataFolder',
  'file',
  'setAside',
  'version',
])

const procedureOf = (name: string): Procedure => api[name as CallName]

/** The only call that shows a personal text, after it has recorded who looks. */
const SHOWS: CallName = 'personal.reveal'

/**
 * Wraps handlers so that their answers are masked, whichever screen, export, command or page asks (R1). New calls are masked by
 * default; exceptions must be named, by call or in `kept`.
 * @param kept names of fields that are not masked
 */
export function maskAnswers<Handlers extends object>(handlers: Handlers, kept?: ReadonlySet<string>): Handlers {
  return mapHandlers<Handlers>(namesOf(handlers), (name) => {
    const handler = handlerOf(handlers, name)
    if (name === SHOWS) return handler
    const { shows } = procedureOf(name)
    const unmasked = shows.length === 0 ? kept : new Set([...(kept ?? []), ...shows])
    return (input) => {
      const answer = handler(input)
      return answer instanceof Promise ? answer.then((later) => maskValues(later, unmasked)) : maskValues(answer, unmasked)
    }
  })
}

/** A value without the fields of these names, at any depth. */
function withoutFields(value: unknown, names: readonly string[]): unknown {
  if (names.length === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => withoutFields(one, names))
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => (names.includes(name) ? [] : [[name, withoutFields(one, names)]])),
  )
}

/**
 * Wraps handlers so that masked values in their input are replaced by the original ones, before anything is decided or written.
 * An ambiguous mask is refused with `mask-unclear`, so that no asterisk gets into the log by accident.
 */
export function restoreInputs<Handlers extends Partial<Record<CallName, unknown>>>(context: ServiceContext, handlers: Handlers): Handlers {
  const recorded = context.db.prepare<[string, string], string>('SELECT bytes FROM record WHERE scope = ? AND instr(bytes, ?) > 0').pluck()
  const waiting = context.db.prepare<[string, string], string>('SELECT bytes FROM outbox WHERE kind = ? AND entity_id = ?').pluck()

  /** The bodies of all ops on an entity: an undo restores texts that its state no longer contains. */
  function historyOf(kind: string, id: string, scope: string): unknown[] {
    return [...recorded.all(scope, id), ...waiting.all(kind, id)].flatMap((bytes) => {
      const parsed = parseOp(bytes)
      return parsed.ok && parsed.op.entity.id === id ? [parsed.op.body] : []
    })
  }

  return mapHandlers<Handlers>(namesOf(handlers), (name) => {
    const handler = handlerOf(handlers, name)
    const call = procedureOf(name)
    if (call.kind === 'query' || call.edits === null) return handler
    const { kind, id: field } = call.edits
    // What was never masked is behind no mask: a label that repeats its address in another form would else have two originals.
    const hidden = (value: unknown) => withoutFields(value, call.shows)
    return (input) => {
      const id = (input as Record<string, unknown>)[field]
      const entity = typeof id === 'string' ? context.store.read(kind, id) : undefined
      if (!entity) return handler(input)
      const state = hidden(entity.state)
      const whole = restoreMasked(input, state) ?? restoreMasked(input, [state, hidden(historyOf(kind, entity.id, entity.scope))])
      return whole ? handler(whole.value) : fail('mask-unclear')
    }
  })
}
