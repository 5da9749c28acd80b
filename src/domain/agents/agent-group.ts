import { z } from 'zod'
import { LoggedUuid } from '../log/ids.ts'
import { WordingChannel } from '../wording/content.ts'
import { WordingLanguage } from '../wording/wording.ts'

/**
 * A group of agents, who are addressed together. The agents themselves are not members and are not in the log: the hub keeps them,
 * so that thousands cost the log nothing.
 */
export const AgentGroupFields = z.strictObject({
  name: z.string().trim().min(1).max(60),
  /** The company that employs them; null for the team's own agents. */
  vendor: z.string().trim().min(1).max(80).nullable(),
  /** Their team and their skill, as the call center calls them; empty if there is none. */
  team: z.string().trim().max(60),
  skill: z.string().trim().max(60),
  channel: WordingChannel.nullable(),
  language: WordingLanguage.nullable(),
  /** The members who are told when a text is not confirmed in time. */
  leads: z.array(LoggedUuid).max(20),
})
export type AgentGroupFields = z.infer<typeof AgentGroupFields>

export type AgentGroupState = AgentGroupFields & { createdAt: number; removed: boolean }
