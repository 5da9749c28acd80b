import { z } from 'zod'
import { PERSONAL_KINDS } from '../../../privacy/personal-scan.ts'
import { compileTerm } from './term-pattern.ts'

/** The languages of texts and of the words of rules. */
export const WORDING_LOCALES = ['zh-Hans', 'en'] as const
export type WordingLocale = (typeof WORDING_LOCALES)[number]

/** What is wrong with a place in a text. */
export const FINDING_KINDS = [
  /** A promise that nobody may make. */
  'promise',
  /** Absolute wording, as in an advertisement. */
  'absolute',
  /** A legal judgement. */
  'judgement',
  /** Defence or blame. */
  'blame',
  /** A deadline that is missing or vague. */
  'deadline',
  /** A set phrase. */
  'formula',
  'personal',
  'variable',
  /** Characters that nobody sees: the text is not what it looks like. */
  'hidden',
  /** Hard to follow for older people. */
  'reading',
  /** Another message of the incident states something else. */
  'contradiction',
] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

/** `block`: not to be approved; `warn`: a reason is needed; `hint`: could be better. */
export const SEVERITIES = ['block', 'warn', 'hint'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Whom a text is for. Some rules hold only for older people (UP-03). */
export const WORDING_AUDIENCES = ['all', 'silver'] as const
export type WordingAudience = (typeof WORDING_AUDIENCES)[number]

const Words = z.strictObject({ 'zh-Hans': z.string().min(1).max(400), en: z.string().min(1).max(400) })

/** A term in the language of {@link compileTerm}. */
const Term = z
  .string()
  .min(1)
  .max(160)
  .refine((term) => compileTerm(term) !== null, { message: 'not a term: see the pattern language of terms' })

const common = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  kind: z.enum(FINDING_KINDS),
  severity: z.enum(SEVERITIES),
  /** A rule that is off stays in the list. */
  on: z.boolean(),
  locales: z.array(z.enum(WORDING_LOCALES)).min(1).max(2),
  audience: z.enum(WORDING_AUDIENCES),
  /** What is wrong; `{term}` and other parameters of the finding may occur in it. */
  message: Words,
  /** How to mend it. */
  suggestion: Words,
  /** Article of a law, internal rule, or requirement. */
  source: Words,
}

/** A rule on texts (口径/话术). Rules are data: a team edits, adds and switches them off. `check` names what is looked for. */
export const WordingRule = z.discriminatedUnion('check', [
  z.strictObject({
    ...common,
    check: z.literal('terms'),
    terms: z.array(Term).min(1).max(400),
    /** Phrases in which a term is allowed. */
    exceptions: z.array(Term).max(400),
    /** Only where the sentence says no date, time or duration, also not by a variable. */
    onlyUndated: z.boolean().optional(),
  }),
  /** Several sentences that begin alike: at least `least`, with the same `characters` (words in English). */
  z.strictObject({ ...common, check: z.literal('openings'), least: z.int().min(2).max(20), characters: z.int().min(2).max(20) }),
  /** Data that identifies a person, by the forms that the product masks, and postal addresses. */
  z.strictObject({ ...common, check: z.literal('personal'), forms: z.array(z.enum([...PERSONAL_KINDS, 'address'])).min(1) }),
  /** Variables that are malformed, unknown or without a value. */
  z.strictObject({ ...common, check: z.literal('variables') }),
  /** Invisible characters and controls of the direction of writing. */
  z.strictObject({ ...common, check: z.literal('unseen') }),
  /** Sentences longer than `most` characters (words in English). */
  z.strictObject({ ...common, check: z.literal('sentence-length'), most: z.int().min(5).max(200) }),
  /** Sentences of more clauses than `mostClauses`, or with more 的 than `mostOf`. */
  z.strictObject({
    ...common,
    check: z.literal('nesting'),
    mostClauses: z.int().min(1).max(20),
    mostOf: z.int().min(1).max(20),
  }),
  /** Facts of these kinds that differ from those of other messages. */
  z.strictObject({
    ...common,
    check: z.literal('contradictions'),
    facts: z.array(z.enum(['number', 'date', 'time', 'phone', 'answer'])).min(1),
  }),
])
export type WordingRule = z.infer<typeof WordingRule>

/** The rules of a team. */
export const WordingRules = z
  .array(WordingRule)
  .max(500)
  .refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, { message: 'two rules have the same id' })
