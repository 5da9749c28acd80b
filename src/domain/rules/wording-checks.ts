import { z } from 'zod'

/** What a term of the team is: the kinds of findings that terms can have. */
export const TERM_KINDS = ['promise', 'absolute', 'judgement', 'blame', 'deadline', 'formula'] as const

const Reason = z.string().trim().min(1).max(500)

/** A term that the team does not want in its texts. `id` names it in reasons for keeping it. */
export const OwnTerm = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  language: z.enum(['zh-Hans', 'en']),
  /** In the pattern language of terms, without alternatives: at most 40 characters, `…` for words between. */
  term: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .regex(/^[^[\]|]*[\p{L}\p{N}][^[\]|]*$/u),
  kind: z.enum(TERM_KINDS),
  /** `block`: not to be submitted without a reason. */
  severity: z.enum(['block', 'warn', 'hint']),
  message: z.string().trim().min(1).max(200),
  suggestion: z.string().trim().max(200),
})
export type OwnTerm = z.infer<typeof OwnTerm>

const areDistinct = (ids: readonly string[]) => new Set(ids).size === ids.length

/** How a team changes the checks of texts: shipped rules that it switches off, with the reason, and its own terms. */
export const WordingChecks = z.strictObject({
  off: z
    .array(z.strictObject({ ruleId: z.string().min(1).max(60), reason: Reason }))
    .max(100)
    .refine((off) => areDistinct(off.map(({ ruleId }) => ruleId)), { message: 'a rule is named twice' }),
  terms: z
    .array(OwnTerm)
    .max(200)
    .refine((terms) => areDistinct(terms.map(({ id }) => id)), { message: 'two terms have the same id' }),
})
export type WordingChecks = z.infer<typeof WordingChecks>
