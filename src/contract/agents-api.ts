import { z } from 'zod'
import { LoggedUuid, Uuid } from '#domain/log/ids.ts'
import type { Urgency } from '#domain/wording/delivery.ts'
import { command, query } from './procedure.ts'

/** Agents added with one call: each first password is hashed, which takes some 50 ms. Longer lists are sent in parts. */
export const AGENTS_AT_ONCE = 100
/** Agents of a team, with those whose access has ended. */
export const AGENTS_AT_MOST = 20_000
/** Objections in customers' words that are returned per call, newest first. */
export const QUOTES_SHOWN = 50
/** The longest period of `agents.use`: a week, hours. */
export const USE_HOURS = 168

/** A number (工号) under which an agent signs in; upper and lower case are the same. */
export const AgentNumber = z.string().trim().min(1).max(60)
export const AgentName = z.string().trim().min(1).max(40)
const Vendor = z.string().trim().min(1).max(80).nullable()
const Groups = z.array(LoggedUuid).max(20)

export const NewAgent = z.strictObject({ number: AgentNumber, name: AgentName, vendor: Vendor, groups: Groups })
export type NewAgent = z.infer<typeof NewAgent>

/** An agent. `linkId`: the vendor's link by which they joined; null for an account with a password. Times: milliseconds since 1970. */
export type AgentRow = {
  id: string
  number: string
  name: string
  vendor: string | null
  groups: string[]
  linkId: string | null
  /** Whether a console of this agent is connected now, at any node. */
  online: boolean
  /** Null: never signed in. */
  lastSeenAt: number | null
  createdAt: number
  /** Null while the agent has access; an agent of a link that ended, ended with it. */
  endedAt: number | null
  /** Somebody else with a link wants the number: the last who did, and how often it was tried. Null: nobody. */
  claim: { name: string; at: number; times: number } | null
  /** Whether the number was taken from this agent, who cannot come back by it. */
  freed: boolean
}

/** The first password of an agent: shown once, stored only as a hash. */
export type AgentPassword = { id: string; number: string; name: string; password: string }

/** Why an agent of a list was not added: the number exists already, is twice in the list, a group does not exist, there are too many. */
export const ADD_REFUSALS = ['number-taken', 'number-twice', 'group-unknown', 'too-many'] as const
export type AgentsAdded = { added: AgentPassword[]; refused: { number: string; why: (typeof ADD_REFUSALS)[number] }[] }

/** A link by which a vendor's agents join without accounts. */
export type AgentLinkRow = {
  id: string
  label: string
  groupId: string
  vendor: string | null
  seats: number
  /** Agents who joined by it. */
  taken: number
  createdAt: number
  createdBy: string
  expiresAt: number
  endedAt: number | null
}

/** Agents whom a text reaches, by confirmation of the version in use: of this one, of an earlier one only, or of none. */
export type ReachCounts = { total: number; current: number; stale: number; outstanding: number }

/** How far a text in use has come. */
export type ReachRow = ReachCounts & {
  wordingId: string
  revisionId: string
  number: number
  hash: string
  /** Since when agents have it, and until when they shall confirm it; null: no limit. */
  from: number
  urgency: Urgency
  confirmBy: number | null
  /** Agents on whose console this version was shown. */
  shown: number
  /** Agents whom it reaches and who are connected now. */
  online: number
  /** An agent of two groups counts in both. */
  groups: (ReachCounts & { groupId: string })[]
}

export const STANDINGS = ['current', 'stale', 'outstanding'] as const
export type Standing = (typeof STANDINGS)[number]

/** An agent whom a text reaches. */
export type ReaderRow = {
  agentId: string
  number: string
  name: string
  vendor: string | null
  groups: string[]
  standing: Standing
  /** The version that they confirmed last, and when; null: none. */
  confirmedNumber: number | null
  confirmedAt: number | null
  /** When the version in use was first shown to them; null: not yet. */
  shownAt: number | null
  online: boolean
  lastSeenAt: number | null
}

/** What agents did with a version of a text. */
export type UseCounts = { shown: number; opened: number; copied: number; worked: number; objected: number }

export type FeedbackRow = UseCounts & { wordingId: string; revisionId: string; number: number }

/** What a customer objected, without the agent's name. Personal data is masked. */
export type FeedbackQuote = {
  id: string
  wordingId: string
  revisionId: string
  number: number
  at: number
  groups: string[]
  text: string
}

/** `hour`: its begin. */
export type UseRow = UseCounts & { wordingId: string; revisionId: string; number: number; hour: number }

const None = z.strictObject({})
const OfIncident = z.strictObject({ incidentId: LoggedUuid.nullable() })
const never = () => []

/** Numbers by which agents are known and passwords that are handed to them look like personal data; hashes may, by chance. */
const SHOWS = { shows: ['number', 'password', 'hash'] }

/**
 * Agents and their consoles, answered by the hub. `incidentId` null means the standing library. Nothing announces their changes:
 * screens that show them ask again every few seconds.
 * Managing is for those who manage the team and the heads of the call center; the figures are for all members of the house.
 */
export const agentsApi = {
  'agents.list': query(z.strictObject({ groupId: LoggedUuid.nullable() }), SHOWS)
    .dependsOn(never)
    .returns<AgentRow[]>(),
  'agents.add': command(z.strictObject({ agents: z.array(NewAgent).min(1).max(AGENTS_AT_ONCE) }), SHOWS).returns<AgentsAdded>(),
  /** Fields that are absent stay. */
  'agents.change': command(
    z.strictObject({ id: Uuid, name: AgentName.optional(), groups: Groups.optional(), vendor: Vendor.optional() }),
    SHOWS,
  ).returns<AgentRow>(),
  /** Ends an agent's access at once, or gives it back. */
  'agents.end': command(z.strictObject({ id: Uuid, ended: z.boolean() }), SHOWS).returns<AgentRow>(),
  /** Whose number it is: frees it for others, which ends the agent's access for good, or leaves it to who has it. */
  'agents.settleNumber': command(z.strictObject({ id: Uuid, free: z.boolean() }), SHOWS).returns<AgentRow>(),
  /** A new first password; ends the agent's sessions. Refused for an agent who joined by a link. */
  'agents.resetPassword': command(z.strictObject({ id: Uuid }), SHOWS).returns<AgentPassword>(),
  'agents.links': query(None).dependsOn(never).returns<AgentLinkRow[]>(),
  /** The address is returned once. */
  'agents.makeLink': command(
    z.strictObject({
      label: z.string().trim().min(1).max(80),
      groupId: LoggedUuid,
      vendor: Vendor,
      seats: z.int().min(1).max(5000),
      expiresAt: z.int().min(0),
    }),
  ).returns<AgentLinkRow & { address: string }>(),
  'agents.endLink': command(z.strictObject({ id: Uuid })).returns<AgentLinkRow>(),
  'agents.reach': query(OfIncident, SHOWS).dependsOn(never).returns<ReachRow[]>(),
  'agents.readers': query(
    z.strictObject({ wordingId: LoggedUuid, groupId: LoggedUuid.nullable(), standing: z.enum(STANDINGS).nullable() }),
    SHOWS,
  )
    .dependsOn(never)
    .returns<ReaderRow[]>(),
  /** Asks those who have not confirmed the version in use once more. @returns how many; also allowed to the leads of the group. */
  'agents.nudge': command(z.strictObject({ wordingId: LoggedUuid, groupId: LoggedUuid.nullable() })).returns<{ nudged: number }>(),
  'agents.feedback': query(OfIncident).dependsOn(never).returns<{ rows: FeedbackRow[]; quotes: FeedbackQuote[] }>(),
  'agents.use': query(z.strictObject({ incidentId: LoggedUuid.nullable(), hours: z.int().min(1).max(USE_HOURS) }))
    .dependsOn(never)
    .returns<UseRow[]>(),
}
