import { z } from 'zod'

/**
 * Why an op may not stand. Closed list: the hub records one of these, the replica refuses early with the same, and the
 * interface has one sentence for each in every language.
 */
export const RefusalCode = z.enum([
  'malformed', // not an op, or a body that does not fit its type
  'unknown-type', // written by a newer version
  'not-a-member',
  'not-invited', // joining takes an invite of one's own, or an empty team
  'invite-differs', // the place in the team is the invite's, not the joiner's to choose
  'member-revoked',
  'vendor-not-yet', // params.company, params.from
  'vendor-period-over', // params.company, params.until
  'last-owner', // an owner who goes names another one who stays
  'not-an-heir', // ownership goes to active members of the house
  'already-exists',
  'not-found', // the entity it speaks of is not there
  'wrong-scope',
  'incident-closed',
  'changed-meanwhile', // somebody else was faster; params.field and params.now
  'nothing-changes',
  'status-not-reachable', // params.from, params.to
  'task-blocked', // params.count open tasks stand before it
  'task-cycle',
  'clock-already-met',
  'clock-not-met',
  'clock-stopped',
  'clock-unknown',
  'entry-not-in-incident',
  'entry-changed', // corrected meanwhile: look again
  'not-permitted', // params.action, params.roles: who may instead
  'system-entry', // what the app noted itself is not corrected
  'note-of-nothing', // what the app notes itself fits no act beside it; params.detail
  'vendor-commands', // the command goes to a member of the house
  'authority-period', // temporary authority ends, and within params.hours
  'authority-none',
  // Logs written before the permission matrix hold these two.
  'only-author-or-commander',
  'only-commander',
  'import-not-running',
  'import-not-complete',
  'import-already-undone',
  'reveal-limit', // params.count personal texts an hour are shown to a member; again from params.at on
  'too-many', // a list that the entity keeps is full
  'depends-on-rejected',
  'refused-too-often', // no op, from one who has had params.count texts or params.length letters refused: not kept any more
  'unreadable-here', // what the hub holds of it is damaged; params.kind
])
export type RefusalCode = z.infer<typeof RefusalCode>

export type Refusal = { code: RefusalCode; params: Record<string, string | number> }

/** Shorthand for a refusal, with what its sentence needs. */
export function refuse(code: RefusalCode, params: Record<string, string | number> = {}): Refusal {
  return { code, params }
}
