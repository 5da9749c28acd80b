import { z } from 'zod'
import { ConsoleConfirm, ConsoleNote } from '#contract/agent-wire.ts'

export type Confirmation = z.infer<typeof ConsoleConfirm>

/** What the hub has not heard yet. Kept in the browser, so that it survives a closed page. */
export const Outbox = z.object({ confirmations: z.array(ConsoleConfirm), notes: z.array(ConsoleNote) })
export type Outbox = z.infer<typeof Outbox>

export const EMPTY_OUTBOX: Outbox = { confirmations: [], notes: [] }

/** Notes that go in one message. */
const BATCH = 100
/** Notes kept while offline; beyond, the oldest of those that only count go first. */
const MOST_NOTES = 1_000

export function addConfirmation(outbox: Outbox, confirmation: Confirmation): Outbox {
  const others = outbox.confirmations.filter(({ textId }) => textId !== confirmation.textId)
  return { ...outbox, confirmations: [...others, confirmation] }
}

export function addNote(outbox: Outbox, note: ConsoleNote): Outbox {
  const notes = [...outbox.notes, note]
  if (notes.length <= MOST_NOTES) return { ...outbox, notes }
  const surplus = notes.findIndex(({ kind }) => kind === 'shown' || kind === 'opened' || kind === 'copied')
  return { ...outbox, notes: notes.filter((_, index) => index !== Math.max(0, surplus)) }
}

export function nextNotes(outbox: Outbox): ConsoleNote[] {
  return outbox.notes.slice(0, BATCH)
}

/** Without what was sent; what was added meanwhile stays. */
export function withoutNotes(outbox: Outbox, sent: readonly ConsoleNote[]): Outbox {
  const ids = new Set(sent.map(({ id }) => id))
  return { ...outbox, notes: outbox.notes.filter(({ id }) => !ids.has(id)) }
}

export function withoutConfirmation(outbox: Outbox, sent: Confirmation): Outbox {
  return { ...outbox, confirmations: outbox.confirmations.filter((one) => one !== sent) }
}

/** Whether the agent has confirmed this release and only the hub does not know. */
export function isQueued(outbox: Outbox, { textId, revisionId, releaseAt }: Omit<Confirmation, 'hash'>): boolean {
  return outbox.confirmations.some((one) => one.textId === textId && one.revisionId === revisionId && one.releaseAt === releaseAt)
}
