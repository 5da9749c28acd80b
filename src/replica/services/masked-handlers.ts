import { parseOp } from '#domain/log/op.ts'
import { maskValues } from '#domain/privacy/mask-values.ts'
import { restoreMasked } from '#domain/privacy/restore-masked.ts'
import type { CallName } from '#contract/api.ts'
import { fail, type Result } from '#contract/failures.ts'
import type { ServiceContext } from '../context/service-context.ts'

/**
 * Fields of the workspace's and the team's own answers that stay as they are: what people and machines are reached and known by.
 * Nothing that was written about a customer stands in these.
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

/** Fields that stay as they are in the answers of some calls: how people of the house are reached, which is what is asked for. */
const KEPT_BY_CALL: Partial<Record<CallName, ReadonlySet<string>>> = Object.fromEntries(
  (['list', 'add', 'revise', 'setChannel', 'removeChannel', 'verifyChannel', 'checkFile'] as const).map((act) => [
    `contacts.${act}`,
    new Set(['address', 'written', 'text']),
  ]),
)

type AnyHandler = (input: never) => unknown

/** The one call that shows a personal text, after it has put on record who looks. */
const SHOWS: CallName = 'personal.reveal'

/** What a call that changes a thing writes over: the thing's kind, and where its id stands in the input. */
const WRITES_OVER: Partial<Record<CallName, readonly [kind: string, id: string]>> = {
  'timeline.correct': ['entry', 'entryId'],
  'timeline.tag': ['entry', 'entryId'],
  'incidents.revise': ['incident', 'incidentId'],
  'tasks.revise': ['task', 'taskId'],
  'people.assign': ['assignment', 'personId'],
  'plans.save': ['plan', 'planId'],
}

/**
 * Handlers of the contract whose answers are masked, whichever screen, export, command or page asks (R1): a call that is added
 * is masked without anybody thinking of it. What is not kept masked has to be named.
 * @param kept names of fields that stay as they are
 */
export function maskAnswers<Handlers extends object>(handlers: Handlers, kept?: ReadonlySet<string>): Handlers {
  const masked = Object.entries(handlers as Record<string, AnyHandler>).map(([name, handler]): [string, AnyHandler] => [
    name,
    name === SHOWS
      ? handler
      : (input: never) => {
          const answer = handler(input)
          const own = KEPT_BY_CALL[name as CallName] ?? kept
          return answer instanceof Promise ? answer.then((later: unknown) => maskValues(later, own)) : maskValues(answer, own)
        },
  ])
  return Object.fromEntries(masked) as Handlers
}

/**
 * Handlers that take back what was read masked: numbers stand again where their masks were left, before anything is judged or
 * written. What cannot be told is refused with `mask-unclear`, so that no asterisk gets into the log by accident.
 */
export function restoreInputs<Handlers extends object>(context: ServiceContext, handlers: Handlers): Handlers {
  const recorded = context.db.prepare<[string, string], string>('SELECT bytes FROM record WHERE scope = ? AND instr(bytes, ?) > 0').pluck()
  const waiting = context.db.prepare<[string, string], string>('SELECT bytes FROM outbox WHERE kind = ? AND entity_id = ?').pluck()

  /** What was ever said of a thing: an undo brings back words that are no longer in it. */
  function historyOf(kind: string, id: string, scope: string): unknown[] {
    return [...recorded.all(scope, id), ...waiting.all(kind, id)].flatMap((bytes) => {
      const parsed = parseOp(bytes)
      return parsed.ok && parsed.op.entity.id === id ? [parsed.op.body] : []
    })
  }

  const restored = Object.entries(handlers as Record<string, AnyHandler>).map(([name, handler]): [string, AnyHandler] => {
    const over = WRITES_OVER[name as CallName]
    if (!over) return [name, handler]
    const [kind, field] = over
    return [
      name,
      (input: Record<string, unknown>): Result<unknown> | Promise<Result<unknown>> => {
        const id = input[field]
        const entity = typeof id === 'string' ? context.store.read(kind, id) : undefined
        const answer = handler as (input: unknown) => Result<unknown> | Promise<Result<unknown>>
        if (!entity) return answer(input)
        const whole = restoreMasked(input, entity.state) ?? restoreMasked(input, [entity.state, historyOf(kind, entity.id, entity.scope)])
        return whole ? answer(whole.value) : fail('mask-unclear')
      },
    ]
  })
  return Object.fromEntries(restored) as Handlers
}
