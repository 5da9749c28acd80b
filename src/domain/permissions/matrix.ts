import type { IncidentStatus } from '../incidents/incident.ts'
import { MEMBER_ROLES, type MemberRole } from '../members/member.ts'

/** The parties of the matrix. A vendor is always the party `vendor`, whatever its role (000-20). */
export const PARTIES = [...MEMBER_ROLES, 'vendor'] as const
export type Party = MemberRole | 'vendor'

/** Whether a party may act: on anything, only on its own, or not at all. */
export type Cell = 'any' | 'own' | 'no'

export const ACTION_GROUPS = ['incidents', 'timeline', 'tasks', 'plans', 'risk', 'rules', 'data', 'wording', 'team'] as const
export type ActionGroup = (typeof ACTION_GROUPS)[number]

type Row = {
  group: ActionGroup
  who: Record<Party, Cell>
  /** Owners of the team may, whatever their role. */
  owner: boolean
  /** The incident states in which the action is allowed; null for actions that are not about an existing incident. */
  when: readonly IncidentStatus[] | null
  /** Temporary authority (OR-12) is sufficient; false for acts that would make it permanent. */
  lent: boolean
  /** Whether a vendor may by granted authority, or by a command that it holds; false for actions reserved to the team's own people. */
  vendors: boolean
  /** Also allowed outside of an incident, in the team's library; there the incident's state does not matter. */
  library: boolean
}

const RUNNING: readonly IncidentStatus[] = ['open', 'contained', 'resolved']
const ALWAYS: readonly IncidentStatus[] = [...RUNNING, 'closed']

/** A cell for every non-vendor role, with exceptions by name; `vendor` is `no` unless given. */
function who(house: Cell, others: Partial<Record<Party, Cell>> = {}): Record<Party, Cell> {
  const { vendor = 'no', ...roles } = others
  return {
    commander: house,
    executive: house,
    'call-center': house,
    pr: house,
    legal: house,
    business: house,
    technical: house,
    'social-media': house,
    ...roles,
    vendor,
  }
}

const everybody = who('any', { vendor: 'any' })
const house = who('any')
const command = who('no', { commander: 'any' })
/** The coordination layer, and the decision layer above it (OR-02, OR-06, OR-07). */
const leaders = who('no', { commander: 'any', executive: 'any' })
const nobody = who('no')

function row(
  group: ActionGroup,
  when: Row['when'],
  cells: Row['who'],
  { owner = false, lent = true, vendors = true, library = false } = {},
): Row {
  return { group, who: cells, owner, when, lent, vendors, library }
}

/**
 * The permission matrix: who may do what, and in which state of the incident. Hub, replica and screens read this one table.
 * The commander of an incident has the rights of the role commander there; temporary authority grants a role (`lent`).
 */
export const MATRIX = {
  'incident.declare': row('incidents', null, house),
  'incident.revise': row('incidents', RUNNING, house),
  'incident.mark-sign': row('incidents', RUNNING, house),
  'clock.meet': row('incidents', RUNNING, house),
  'clock.stop': row('incidents', RUNNING, command),
  'clock.reopen': row('incidents', RUNNING, command),
  'incident.change-level': row('incidents', RUNNING, command),
  'incident.set-status': row('incidents', ALWAYS, command),
  'incident.hand-over': row('incidents', RUNNING, leaders, { lent: false }),
  'incident.restrict': row('incidents', ALWAYS, who('no', { commander: 'any', executive: 'any', legal: 'any' }), {
    owner: true,
    lent: false,
    vendors: false,
  }),
  'incident.grant-authority': row('incidents', RUNNING, leaders, { lent: false }),
  'incident.follow': row('incidents', ALWAYS, everybody),
  'incident.end-authority': row('incidents', ALWAYS, who('own', { commander: 'any', executive: 'any', vendor: 'own' })),

  'entry.record': row('timeline', RUNNING, everybody),
  'entry.comment': row('timeline', RUNNING, everybody),
  'entry.correct': row('timeline', RUNNING, who('own', { commander: 'any', vendor: 'own' })),
  'entry.star': row('timeline', ALWAYS, house),
  'entry.mark': row('timeline', RUNNING, who('any', { vendor: 'own' })),
  'entry.attach': row('timeline', RUNNING, who('any', { vendor: 'own' })),

  'task.create': row('tasks', RUNNING, house),
  'task.revise': row('tasks', RUNNING, house),
  'task.move': row('tasks', RUNNING, who('any', { vendor: 'own' })),
  'people.assign': row('tasks', RUNNING, house),

  'plan.save': row('plans', null, house),
  'plan.retire': row('plans', null, house),

  'number.enter': row('risk', RUNNING, everybody),
  // A wrong reading makes every figure wrong, also of a closed incident.
  'series.revise': row('risk', ALWAYS, house),
  'risk.note': row('risk', RUNNING, house),
  'risk.judge': row('risk', RUNNING, command),
  'suggestion.dismiss': row('risk', RUNNING, house),

  'contact.add': row('team', null, who('no', { commander: 'any', executive: 'any', 'call-center': 'any', pr: 'any' }), {
    owner: true,
    lent: false,
    vendors: false,
  }),
  // Everybody may correct their own contact data, which they know best.
  'contact.revise': row('team', null, who('own', { commander: 'any', executive: 'any', 'call-center': 'any', pr: 'any' }), {
    owner: true,
    lent: false,
    vendors: false,
  }),

  // Vendors' people are agents: they are given published texts, never drafts (000-16).
  'wording.draft': row('wording', RUNNING, house, { vendors: false, library: true }),
  'wording.values': row('wording', RUNNING, house, { vendors: false, library: true }),
  // Which of these roles must approve a text is the team's policy (MS-15).
  'wording.approve': row(
    'wording',
    RUNNING,
    who('no', { pr: 'any', legal: 'any', 'call-center': 'any', commander: 'any', executive: 'any' }),
    { vendors: false, library: true },
  ),
  'wording.publish': row('wording', RUNNING, who('no', { 'call-center': 'any', pr: 'any', commander: 'any' }), {
    vendors: false,
    library: true,
  }),
  // An approver's own role, to another member until a time (MS-15).
  'wording.delegate': row(
    'wording',
    null,
    who('no', { pr: 'any', legal: 'any', 'call-center': 'any', commander: 'any', executive: 'any' }),
    {
      lent: false,
      vendors: false,
    },
  ),
  // A wrong text is taken back also after the incident.
  'wording.withdraw': row(
    'wording',
    ALWAYS,
    who('no', { 'call-center': 'any', pr: 'any', legal: 'any', commander: 'any', executive: 'any' }),
    { vendors: false, library: true },
  ),
  // Emergency release without complete approval: the decision layer answers for it (OR-06).
  'wording.release': row('wording', RUNNING, who('no', { executive: 'any' }), { lent: false, vendors: false, library: true }),

  // The head of the call centre answers for what agents are told, and when (C2-12).
  'bulletin.manage': row('wording', RUNNING, who('no', { 'call-center': 'any', commander: 'any' }), { vendors: false }),

  // What is published as a promise, its publisher makes; executives publish in an emergency.
  'promise.make': row('wording', RUNNING, who('no', { 'call-center': 'any', pr: 'any', commander: 'any', executive: 'any' }), {
    vendors: false,
  }),
  // A promise to customers binds also after the incident. Its owner knows best whether it was kept.
  'promise.settle': row('wording', ALWAYS, who('own', { 'call-center': 'any', pr: 'any', commander: 'any', executive: 'any' }), {
    vendors: false,
  }),
  'promise.void': row('wording', ALWAYS, who('no', { commander: 'any', pr: 'any', legal: 'any' }), { vendors: false }),

  // Agents are not members: the call center says who they are, and everybody of the house may see whether a text reached them.
  'agents.manage': row('team', null, who('no', { commander: 'any', 'call-center': 'any' }), { owner: true, lent: false, vendors: false }),
  'agents.read': row('team', null, house, { lent: false, vendors: false }),

  'rules.set': row('rules', null, command, { owner: true, lent: false }),

  'import.write': row('data', RUNNING, house),
  'import.end': row('data', ALWAYS, house),
  'import.undo': row('data', ALWAYS, who('own', { commander: 'any' })),

  // Roles that call back customers, make public statements, or answer to the law (R1, LI-03). Never vendors and agents: they
  // are given single cases, not the log.
  'personal.reveal': row('data', ALWAYS, who('no', { commander: 'any', 'call-center': 'any', pr: 'any', legal: 'any' }), {
    vendors: false,
  }),

  'member.rename': row('team', null, who('own', { commander: 'any' }), { owner: true, lent: false }),
  'member.place': row('team', null, command, { owner: true, lent: false }),
  'member.invite': row('team', null, command, { owner: true, lent: false }),
  'member.revoke': row('team', null, command, { owner: true, lent: false }),
  'owner.change': row('team', null, nobody, { owner: true, lent: false }),
} as const satisfies Record<string, Row>

export type Action = keyof typeof MATRIX
export const ACTIONS = Object.keys(MATRIX) as Action[]

/** The matrix row of an action, with its literal cell types widened. */
export function rowOf(action: Action): Row {
  return MATRIX[action]
}

/** Who may do an action, for refusals: parties with `any`, `owner`, and `author` for `own`. */
export function whoMay(action: Action): (Party | 'owner' | 'author')[] {
  const { who: cells, owner } = rowOf(action)
  const all = PARTIES.filter((party) => cells[party] === 'any')
  const own = PARTIES.some((party) => cells[party] === 'own')
  return [...(own ? (['author'] as const) : []), ...all, ...(owner ? (['owner'] as const) : [])]
}

/**
 * The parties of a refusal for display; all non-vendor roles together become `house`.
 * @param roles `params.roles` of a `not-permitted` refusal
 */
export function partiesNamed(roles: string): (Party | 'owner' | 'author' | 'house')[] {
  const named = roles.split(',') as (Party | 'owner' | 'author')[]
  if (!MEMBER_ROLES.every((role) => named.includes(role))) return named
  return [...named.filter((one) => one === 'author' || one === 'owner'), 'house']
}
