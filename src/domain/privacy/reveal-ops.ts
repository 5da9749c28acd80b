import { z } from 'zod'
import { createEntity } from '../log/entity.ts'
import { refuse } from '../log/refusal.ts'
import { maskPersonal } from './mask-personal.ts'
import { REVEAL } from './reveal-entity.ts'
import { nextRevealAt, REVEALS_PER_HOUR, RevealedText, RevealReason, type RevealState } from './reveal.ts'

/** `of` identifies the text, never its content (T3). */
export const PersonalRevealed = z.strictObject({
  of: RevealedText,
  reason: RevealReason,
  words: z.string().trim().min(1).max(300),
  device: z.string().max(80),
})

/** The id of a member's reveal; ids of one member sort together. */
export function revealId(memberId: string, uuid: string): string {
  return `${memberId}.${uuid}`
}

/** The id range of all reveals of a member, `below` excluded. */
export function revealIdsOf(memberId: string): { from: string; below: string } {
  return { from: `${memberId}.`, below: `${memberId}/` }
}

export const REVEAL_OPS = [
  // Written before the text is shown: nobody sees a text without this record (R1).
  REVEAL.op('personal.revealed', {
    version: 1,
    body: PersonalRevealed,
    action: 'personal.reveal',
    expects: null,
    notifies: null,
    webhook: null,
    decide: (context, reveal, { of, words }, op) => {
      if (reveal) return refuse('already-exists')
      // Judged once: accepted reasons stay, even if more number forms are recognized later.
      if (maskPersonal(words) !== words) return refuse('malformed', { detail: 'words: the reason names no number' })
      if (!op.entity.id.startsWith(revealIdsOf(context.actorId).from)) return refuse('malformed', { detail: 'entity.id' })
      if (context.read(of.kind, of.id)?.scope !== op.scope) return refuse('not-found')
      // By the clock of the judging side, because a device's own clock can be set.
      const next = nextRevealAt(context.reveals?.() ?? [], context.now)
      return next === null ? null : refuse('reveal-limit', { count: REVEALS_PER_HOUR, at: next })
    },
    fold: (reveal, { of, reason, words, device }, applied, op) =>
      reveal ??
      createEntity<RevealState>(op, {
        by: applied.actor,
        at: applied.recordedAt,
        recordedAt: applied.recordedAt,
        of,
        reason,
        words,
        device,
        replicaId: applied.replicaId,
      }),
  }),
]
