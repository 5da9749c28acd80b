import { z } from 'zod'

/**
 * The form of the starter library: the messages in `resources/wording/*.json` that a team begins with and adapts. A file is one
 * group. Texts have both languages; Chinese is the original.
 */

/** The variables that a text may hold as `{name}`. The team fills them in before a message is used; there are no others. */
export const STARTER_VARIABLES = ['brand', 'product', 'hotline', 'deadline', 'owner', 'channel', 'link', 'time', 'order', 'agent'] as const

const BothText = z.strictObject({ zh: z.string().trim().min(1).max(1000), en: z.string().trim().min(1).max(2000) })
export type StarterText = z.infer<typeof BothText>

/**
 * One paragraph of a message. A `step` tells the agent or the writer what to do; it is not said or published. The other blocks are
 * the wording itself. A commitment also names what is done, by whom and until when (TK-04, TK-05).
 */
const StarterBlock = z.discriminatedUnion('block', [
  z.strictObject({ block: z.enum(['empathy', 'reassurance', 'step', 'text']), text: BothText }),
  z.strictObject({ block: z.literal('commitment'), text: BothText, action: BothText, owner: BothText, deadline: BothText }),
])

const StarterMessage = z.strictObject({
  id: z.string().regex(/^starter-[a-z0-9]+(?:-[a-z0-9]+)*$/),
  kind: z.enum(['script', 'faq', 'statement', 'notice', 'handover']),
  /** An incident type, or a theme such as `price-fees`. */
  scenario: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  /** The emotional state of the customer that the wording is for; null if it fits all (PS-05). */
  state: z.enum(['angry', 'disappointed', 'suspicious', 'calm']).nullable(),
  statement: z.enum(['first', 'apology', 'progress', 'all-clear']).nullable(),
  title: BothText,
  /** The core message in one sentence (MS-02). */
  core: BothText,
  body: z.array(StarterBlock).min(1).max(12),
  /** What the customer may say against it, and the answer (MS-04). */
  objections: z.array(z.strictObject({ ask: BothText, answer: BothText })).max(6),
  variants: z
    .array(
      z.strictObject({
        audience: z.enum(['gen-z', 'middle', 'silver', 'opinion-leader']).nullable(),
        channel: z.enum(['phone', 'weibo', 'wechat', 'sms', 'chat']).nullable(),
        text: BothText,
      }),
    )
    .max(8),
})
export type StarterMessage = z.infer<typeof StarterMessage>

/** A file of the starter library. */
export const StarterGroup = z.strictObject({
  group: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/),
  title: BothText,
  messages: z.array(StarterMessage).min(1),
})
