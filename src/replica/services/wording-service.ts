import { hash as digest } from 'node:crypto'
import type { Command } from '#domain/commands/command.ts'
import type { Entity } from '#domain/log/entity.ts'
import {
  askApproval,
  copyWording,
  createWording,
  createWordings,
  decideRevision,
  delegateApproval,
  editDraft,
  moveWording,
  publishWording,
  removeWording,
  replaceDraft,
  settleKept,
  saveRevision,
  setValues,
  withdrawWording,
  wordingScope,
} from '#domain/commands/wording-commands.ts'
import { TEAM_SCOPE } from '#domain/log/ids.ts'
import { MEMBER } from '#domain/members/member-entity.ts'
import { REVISION, valuesId, WORDING, WORDING_VALUES } from '#domain/wording/wording-entity.ts'
import type { WordingState } from '#domain/wording/wording.ts'
import { policyNow } from '#domain/wording/approval-now.ts'
import { openAuthors } from '#domain/wording/authors.ts'
import { derivedId } from '#domain/log/derived-id.ts'
import type { ApiHandlers } from '#contract/api.ts'
import { done, fail, type Result } from '#contract/failures.ts'
import type { DelegationRow, wordingApi, WordingView } from '#contract/wording-api.ts'
import { commandRead, runCommand } from '../context/run-command.ts'
import { actorHere, memberNames, type ServiceContext } from '../context/service-context.ts'
import { starterLibrary } from '../wording/starter-library.ts'
import { createWordingViews } from './wording-views.ts'

export type WordingHandlers = Pick<ApiHandlers, keyof typeof wordingApi>

type Ref = { incidentId: string | null; wordingId: string }

const sha256 = (text: string) => digest('sha256', text)

/** The id under which a starter text is added: the same on every device, so that two people who add it make one text. */
const starterId = (id: string, incidentId: string | null, language: string) =>
  derivedId(['starter', id, incidentId ?? 'team', language], sha256)

/** The delegations of approvers that have not ended. */
function delegationsNow(context: ServiceContext): DelegationRow[] {
  const nameOf = memberNames(context)
  const now = context.now()
  const me = actorHere(context)?.id
  return commandRead(context)
    .all(MEMBER, TEAM_SCOPE)
    .flatMap(({ id, state }) => (state.delegated ?? []).filter(({ until }) => now < until).map((one) => ({ ...one, to: id })))
    .map(({ by, to, as, until }) => ({ byId: by, byName: nameOf(by), toId: to, toName: nameOf(to), as, until, own: by === me }))
    .toSorted((a, b) => a.until - b.until)
}

/** Approved wording (口径, MS-*): the library, its drafts, revisions, approvals and releases. */
export function wordingService(context: ServiceContext): WordingHandlers {
  const views = createWordingViews(context)

  /** The text, if it belongs to that incident or library. */
  function find({ incidentId, wordingId }: Ref): Entity<WordingState> | undefined {
    const wording = WORDING.read(context.store, wordingId)
    return wording?.scope === wordingScope(incidentId) ? wording : undefined
  }

  const view = (ref: Ref): Result<WordingView> => {
    const wording = find(ref)
    const shown = wording && views.view(wording)
    return shown ? done(shown) : fail('not-found')
  }

  /** Runs a command on a text and returns the text after it. */
  function act<Input extends Ref>(command: Command<Input>, input: Input): Result<WordingView> {
    if (!find(input)) return fail('not-found')
    const written = runCommand(context, command, input)
    return written.ok ? view(input) : written
  }

  function quietly<Input>(command: Command<Input>, input: Input): Result<null> {
    const written = runCommand(context, command, input)
    return written.ok ? done(null) : written
  }

  return {
    'wordings.list': ({ incidentId, removed }) => done(views.list(wordingScope(incidentId), removed)),
    'wordings.get': view,
    'wordings.draft': (ref) => {
      const draft = !views.isOutside() && find(ref) && views.draft(ref.wordingId)
      return draft ? done(draft) : fail('not-found')
    },
    'wordings.revision': ({ incidentId, revisionId }) => {
      const revision = REVISION.read(context.store, revisionId)
      if (revision?.scope !== wordingScope(incidentId) || !views.mayRead(revision)) return fail('not-found')
      const { wordingId, number, hash, content } = revision.state
      return done({ id: revisionId, wordingId, number, hash, content })
    },
    'wordings.values': ({ incidentId }) => {
      // What is published of them is in the published texts.
      if (views.isOutside()) return done({ own: {}, team: {} })
      const of = (id: string) => WORDING_VALUES.read(context.store, id)?.state.values ?? {}
      return done({ own: of(valuesId(wordingScope(incidentId))), team: of(TEAM_SCOPE) })
    },
    'wordings.reviews': () => done(views.reviews()),

    'wordings.delegations': () => done(views.isOutside() ? [] : delegationsNow(context)),
    'wordings.delegate': (input) => quietly(delegateApproval, input),

    'wordings.starter': ({ incidentId, language }) =>
      done(
        (views.isOutside() ? [] : starterLibrary(language)).map((one) => ({
          ...one,
          taken: WORDING.read(context.store, starterId(one.id, incidentId, language)) !== undefined,
        })),
      ),
    'wordings.takeStarter': ({ incidentId, language, ids }) => {
      const wanted = new Set(ids)
      const fresh = starterLibrary(language)
        .filter(({ id }) => wanted.has(id))
        .map(({ id, place, content }) => ({ wordingId: starterId(id, incidentId, language), incidentId, place, content }))
        .filter(({ wordingId }) => !WORDING.read(context.store, wordingId))
      const written = runCommand(context, createWordings, fresh)
      return written.ok ? done({ added: fresh.length }) : written
    },
    'wordings.create': (input) => {
      const ref = { incidentId: input.incidentId, wordingId: context.uuid() }
      const written = runCommand(context, createWording, { ...input, ...ref })
      return written.ok ? view(ref) : written
    },
    'wordings.copy': (input) => {
      const ref = { incidentId: input.incidentId, wordingId: context.uuid() }
      const written = runCommand(context, copyWording, { ...input, ...ref })
      return written.ok ? view(ref) : written
    },
    'wordings.move': (input) => act(moveWording, input),
    'wordings.remove': (input) => (find(input) ? quietly(removeWording, input) : fail('not-found')),
    'wordings.edit': (input) => (find(input) ? quietly(editDraft, input) : fail('not-found')),
    'wordings.settleKept': (input) => (find(input) ? quietly(settleKept, input) : fail('not-found')),
    'wordings.restore': (ref) => {
      const revision = REVISION.read(context.store, ref.revisionId)
      if (!find(ref) || revision?.state.wordingId !== ref.wordingId) return fail('not-found')
      const authors = openAuthors(revision.state, policyNow({ read: context.store.read, now: context.now() }, ref.wordingId))
      return quietly(replaceDraft, { wordingId: ref.wordingId, content: revision.state.content, authors })
    },
    'wordings.save': (input) => act(saveRevision, { ...input, revisionId: context.uuid() }),
    'wordings.ask': (input) => act(askApproval, input),
    'wordings.decide': (input) => act(decideRevision, input),
    'wordings.publish': (input) => act(publishWording, { ...input, emergency: null }),
    'wordings.release': ({ reason, ...input }) => act(publishWording, { ...input, from: null, emergency: reason }),
    'wordings.withdraw': (input) => act(withdrawWording, input),
    'wordings.setValues': (input) => quietly(setValues, input),
  }
}
