import { z } from 'zod'

/**
 * Why an op is refused. Closed list: the hub records one of these, the replica refuses early with the same code, and the
 * interface has one sentence for each in every language.
 */
export const RefusalCode = z.enum([
  'malformed', // not an op, or the body does not fit its type
  'unknown-type', // written by a newer version
  'not-a-member',
  'not-invited', // joining needs an unused invite of one's own, or an empty team
  'invite-differs', // role and place in the team are set by the invite, not by the person who joins
  'member-revoked',
  'vendor-not-yet', // params.company, params.from
  'vendor-period-over', // params.company, params.until
  'last-owner', // an owner who leaves or steps down must name a remaining owner
  'not-an-heir', // ownership goes only to active members who are not vendors
  'already-exists',
  'name-taken', // another active member has that name
  'not-found', // the entity that it names does not exist
  'wrong-scope',
  'incident-closed',
  'changed-meanwhile', // changed by another member since; params.field and params.now
  'nothing-changes',
  'status-not-reachable', // params.from, params.to
  'task-blocked', // params.count open tasks block it
  'task-cycle',
  'clock-already-met',
  'clock-not-met',
  'clock-stopped',
  'clock-unknown',
  'entry-not-in-incident',
  'entry-changed', // corrected since; look again
  'not-permitted', // params.action, params.roles: who may do it
  'system-entry', // system notes cannot be corrected
  'note-of-nothing', // a system note matches no act next to it; params.detail
  'vendor-commands', // a vendor cannot take the command
  'authority-period', // temporary authority must end, within params.hours
  'authority-none',
  // Only in logs written before the permission matrix.
  'only-author-or-commander',
  'only-commander',
  'import-not-running',
  'import-not-complete',
  'import-already-undone',
  'reveal-limit', // a member may reveal params.count personal texts per hour; again from params.at on
  'too-many', // a list of the entity is full
  'draft-edit', // an edit of a draft does not apply to it; params.problem
  'text-empty', // a revision without a title or without text
  'revision-differs', // not the text that the actor saw
  'not-in-review',
  'own-text', // nobody approves what they wrote, or approves twice
  'not-an-approver', // params.as: the role in which the actor decides
  'already-approved', // params.as: somebody of that role has approved
  'not-your-turn', // params.next: the roles that decide first
  'not-approved', // params.status
  'variables-empty', // params.names
  'words-unapproved', // params.excerpt of words that nobody approves has a severe finding, params.message
  'checks-open', // params.count findings of the checks are neither mended nor overruled
  'place-live', // scenario, emotion and statement of a text in use are read by agents
  'kind-submitted', // kind and language stay as they were submitted for approval
  'not-live', // nothing is published
  'still-live', // params.number: the published version
  'contact-removed', // an import names somebody who was removed from the list meanwhile
  'depends-on-rejected',
  'refused-too-often', // not an op; after params.count texts or params.length characters refused for the author, more are not stored
  'unreadable-here', // the hub's stored copy is damaged; params.kind
])
export type RefusalCode = z.infer<typeof RefusalCode>

export type Refusal = { code: RefusalCode; params: Record<string, string | number> }

/** Creates a refusal with the params of its sentence. */
export function refuse(code: RefusalCode, params: Record<string, string | number> = {}): Refusal {
  return { code, params }
}
