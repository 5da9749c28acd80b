import { acceptDraftNote, addDraftNote, answerDraftNote, closeDraftNote } from '#domain/commands/draft-note-commands.ts'
import type { Command } from '#domain/commands/command.ts'
import { wordingScope } from '#domain/commands/wording-commands.ts'
import { DRAFT_NOTE, WORDING } from '#domain/wording/wording-entity.ts'
import type { ApiHandlers } from '#contract/api.ts'
import type { DraftNoteRow } from '#contract/draft-note-api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import { commandRead, runCommand } from '../context/run-command.ts'
import { actorHere, memberNames, pendingIds, type ServiceContext } from '../context/service-context.ts'

type DraftNoteHandlers = Pick<ApiHandlers, keyof ApiHandlers & `draftNotes.${string}`>

type Ref = { incidentId: string | null; wordingId: string }

/** Comments and suggestions in drafts. Members from outside the company see no drafts, and so none of these. */
export function draftNoteService(context: ServiceContext): DraftNoteHandlers {
  const isPending = pendingIds(context, 'draft-note')
  const read = commandRead(context)

  const isThere = ({ incidentId, wordingId }: Ref) =>
    actorHere(context)?.state.vendor === null && WORDING.read(context.store, wordingId)?.scope === wordingScope(incidentId)

  function act<Input extends Ref>(command: Command<Input>, input: Input): Result<null> {
    if (!isThere(input)) return fail('not-found')
    const written = runCommand(context, command, input)
    return written.ok ? done(null) : written
  }

  return {
    'draftNotes.list': (ref) => {
      if (!isThere(ref)) return fail('not-found')
      const nameOf = memberNames(context)
      const rows = read
        .all(DRAFT_NOTE, wordingScope(ref.incidentId))
        .filter(({ state }) => state.wordingId === ref.wordingId)
        .map(({ id, state: { passage, quote, body, replacement, by, at, answers, closed } }): DraftNoteRow => ({
          id,
          passage,
          quote,
          body,
          replacement,
          byName: nameOf(by),
          writtenAt: at,
          answers: answers.map((one) => ({ body: one.body, byName: nameOf(one.by), writtenAt: one.at })),
          closed: closed && { how: closed.how, byName: nameOf(closed.by) },
          pending: isPending(id),
        }))
      const order = (a: DraftNoteRow, b: DraftNoteRow) =>
        Number(a.closed !== null) - Number(b.closed !== null) || a.writtenAt - b.writtenAt || (a.id < b.id ? -1 : 1)
      return done(rows.toSorted(order))
    },
    'draftNotes.add': (input) => act(addDraftNote, { ...input, noteId: context.uuid() }),
    'draftNotes.answer': (input) => act(answerDraftNote, input),
    'draftNotes.close': (input) => act(closeDraftNote, input),
    'draftNotes.accept': (input) => act(acceptDraftNote, input),
  }
}
