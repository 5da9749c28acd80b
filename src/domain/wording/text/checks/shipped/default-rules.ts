import type { WordingRule } from '../rule.ts'
import { CHINESE_RULES } from './chinese-rules.ts'
import { ENGLISH_RULES } from './english-rules.ts'
import { SHARED_RULES } from './shared-rules.ts'

/** The rules that a team begins with, for texts in both languages. */
export const DEFAULT_RULES: readonly WordingRule[] = [...SHARED_RULES, ...CHINESE_RULES, ...ENGLISH_RULES]
