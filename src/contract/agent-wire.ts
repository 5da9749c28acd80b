import { z } from 'zod'
import { ContentHash, PartId, Audience, BlockKind, WordingChannel } from '#domain/wording/content.ts'
import { Urgency } from '#domain/wording/delivery.ts'
import { Emotion, StatementKind, WordingKind, WordingLanguage } from '#domain/wording/wording.ts'

/**
 * What the hub and the agents' console say to each other. HTTP with a session cookie; changes come as server-sent events, or by
 * asking again where a proxy holds them back. Only published text crosses this line: no drafts, no customer data, no members.
 */
export const CONSOLE_PATH = '/console'
export const CONSOLE_API = `${CONSOLE_PATH}/api`
/** The console inside the page of another desk, with an API and a session of its own. */
export const EMBED_PATH = `${CONSOLE_PATH}/embed`
export const EMBED_API = `${EMBED_PATH}/api`
/** Beside an answer to a console that asks: the hub's time, and the ids of the texts that it is asked once more to confirm. */
export const NUDGE_HEADER = 'x-stormroom-nudge'

/** A range of a field that is new in this version (UTF-16 code units); `at` as in `fieldsOf`, e.g. `core`, `blocks.<id>.text`. */
export const ConsoleMark = z.object({ at: z.string(), start: z.int(), end: z.int() })

/** A text in use, with its variables filled in; `{agent}`-like ones that an agent fills stay. Times: milliseconds since 1970, hub's clock. */
export const ConsoleText = z.object({
  id: z.string(),
  incidentId: z.string().nullable(),
  revisionId: z.string(),
  number: z.int(),
  hash: ContentHash,
  kind: WordingKind,
  statement: StatementKind.nullable(),
  scenario: z.string(),
  emotion: Emotion.nullable(),
  language: WordingLanguage,
  title: z.string(),
  core: z.string(),
  blocks: z.array(z.object({ id: PartId, kind: BlockKind, text: z.string() })),
  objections: z.array(z.object({ id: PartId, ask: z.string(), answer: z.string() })),
  variants: z.array(z.object({ id: PartId, audience: Audience.nullable(), channel: WordingChannel.nullable(), text: z.string() })),
  from: z.int(),
  until: z.int().nullable(),
  /** When it was published: names the release. The same revision may be published again, such as with another value. */
  releaseAt: z.int(),
  /** What changed, in one sentence; empty if nobody said. */
  summary: z.string(),
  /** Null for the first version. */
  previousNumber: z.int().nullable(),
  marks: z.array(ConsoleMark),
  urgency: Urgency,
  /** Until when it must be confirmed; null: no limit. */
  confirmBy: z.int().nullable(),
  /** Whether this agent has confirmed: this version (`current`), an earlier one only (`stale`), or none (`outstanding`). */
  confirmation: z.enum(['current', 'stale', 'outstanding']),
  /** For searching: pinyin of title, scenario and objections without tones or spaces, and their initials. */
  pinyin: z.string(),
  initials: z.string(),
})
export type ConsoleText = z.infer<typeof ConsoleText>

/** A text that was withdrawn, expired, or is no longer for this agent. */
export const ConsoleGone = z.object({
  id: z.string(),
  number: z.int(),
  title: z.string(),
  at: z.int(),
  why: z.enum(['withdrawn', 'expired', 'not-for-you']),
  instead: z.string(),
})
export type ConsoleGone = z.infer<typeof ConsoleGone>

/** A bulletin as agents see it: what is new since the last one. */
export const ConsoleBulletin = z.object({
  id: z.string(),
  incidentId: z.string(),
  number: z.int(),
  at: z.int(),
  /** Empty: nothing changed. In the order that the head chose. */
  items: z.array(
    z.object({
      textId: z.string(),
      number: z.int(),
      title: z.string(),
      change: z.enum(['new', 'changed', 'withdrawn']),
      summary: z.string(),
    }),
  ),
})
export type ConsoleBulletin = z.infer<typeof ConsoleBulletin>

/** GET state. `version` changes with every change of anything in it and is also its ETag. */
export const ConsoleState = z.object({
  version: z.string(),
  at: z.int(),
  agent: z.object({ id: z.string(), name: z.string(), number: z.string(), vendor: z.string().nullable(), groups: z.array(z.string()) }),
  team: z.string(),
  texts: z.array(ConsoleText),
  gone: z.array(ConsoleGone),
  bulletins: z.array(ConsoleBulletin),
  /** IDs of texts that changed since this agent last said `seen`, in order. */
  missed: z.array(z.string()),
  /** Offline for this long, the console locks texts of urgency `urgent`; milliseconds. */
  lockAfter: z.int(),
  endsAt: z.int().nullable(),
})
export type ConsoleState = z.infer<typeof ConsoleState>

/** Server-sent events of GET stream?version=…: `event:` is `t`, `data:` is the JSON. */
export const ConsoleEvent = z.discriminatedUnion('t', [
  z.object({ t: z.literal('state'), state: ConsoleState }),
  z.object({
    t: z.literal('change'),
    version: z.string(),
    at: z.int(),
    texts: z.array(ConsoleText),
    gone: z.array(ConsoleGone),
    bulletins: z.array(ConsoleBulletin),
    /** IDs of bulletins that are no longer shown. */
    bulletinsGone: z.array(z.string()).default([]),
  }),
  /** The head asks again for confirmation of these texts. */
  z.object({ t: z.literal('nudge'), at: z.int(), ids: z.array(z.string()) }),
  /** Every 10 s: the console is up to date with this version. */
  z.object({ t: z.literal('beat'), at: z.int(), version: z.string() }),
  /** The agent has consoles open at too many places: this one, the oldest, is told no more until it asks again. */
  z.object({ t: z.literal('crowded'), at: z.int() }),
  z.object({ t: z.literal('ended'), why: z.enum(['signed-out', 'revoked', 'period-over']) }),
])
export type ConsoleEvent = z.infer<typeof ConsoleEvent>

export const ConsoleSignIn = z.strictObject({ number: z.string().trim().min(1).max(60), password: z.string().min(1).max(200) })
/** Joins by a vendor's link; `link` is the secret after `#join=` of the console's address. */
export const ConsoleJoin = z.strictObject({
  link: z.string().min(20).max(200),
  number: z.string().trim().min(1).max(60),
  name: z.string().trim().min(1).max(40),
})
/** Confirms the release that the agent saw. */
export const ConsoleConfirm = z.strictObject({
  textId: z.string().max(60),
  revisionId: z.string().max(60),
  hash: ContentHash,
  releaseAt: z.int(),
})
/** What an agent did with a text. `id` is made by the console: sent twice, it counts once. `text`: the customer's objection, in the agent's words. */
export const ConsoleNote = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['shown', 'opened', 'copied', 'worked', 'objected']),
  textId: z.string().max(60),
  revisionId: z.string().max(60),
  at: z.int(),
  text: z.string().trim().max(500),
})
export type ConsoleNote = z.infer<typeof ConsoleNote>
export const ConsoleNotes = z.strictObject({ notes: z.array(ConsoleNote).min(1).max(100) })
/** Everything up to this version was shown to the agent. */
export const ConsoleSeen = z.strictObject({ version: z.string().max(80) })
