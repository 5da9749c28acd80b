import type { ConsoleText } from '#contract/agent-wire.ts'

export const SECTIONS = ['scripts', 'faq', 'talk', 'handover', 'statements', 'notices'] as const
export type Section = (typeof SECTIONS)[number]

type Emotion = NonNullable<ConsoleText['emotion']>

const KIND_OF = { scripts: 'script', faq: 'faq', talk: 'script', handover: 'handover', statements: 'statement', notices: 'notice' } as const

/** Whether a text belongs to a section. The talk map are the scripts that lead through a talk step by step, whatever the customer's mood. */
function isIn(section: Section, { kind, emotion, blocks }: ConsoleText): boolean {
  if (kind !== KIND_OF[section]) return false
  return section !== 'talk' || (emotion === null && blocks.some((block) => block.kind === 'step'))
}

export type ScenarioGroup = { scenario: string; texts: ConsoleText[] }

const ORDER = new Intl.Collator('zh-Hans-u-co-pinyin', { numeric: true })

/**
 * The texts of a section by scenario; what an incident has texts for comes first, what has no scenario last. Within a scenario: texts of an incident before the standing
 * ones, then by title, numbers in their order.
 * @param emotion only texts for this state of the customer, and those for any
 */
export function groupTexts(texts: readonly ConsoleText[], section: Section, emotion: Emotion | null): ScenarioGroup[] {
  const groups = new Map<string, ConsoleText[]>()
  for (const text of texts) {
    if (!isIn(section, text) || (emotion !== null && text.emotion !== null && text.emotion !== emotion)) continue
    groups.set(text.scenario, [...(groups.get(text.scenario) ?? []), text])
  }
  return [...groups]
    .map(([scenario, own]) => ({ scenario, texts: own.sort(byRank) }))
    .sort((a, b) => rankOf(a) - rankOf(b) || ORDER.compare(a.scenario, b.scenario))
}

function rankOf({ scenario, texts }: ScenarioGroup): number {
  if (texts[0]?.incidentId) return 0
  return scenario === '' ? 2 : 1
}

function byRank(a: ConsoleText, b: ConsoleText): number {
  return Number(a.incidentId === null) - Number(b.incidentId === null) || ORDER.compare(a.title, b.title)
}

/** How many texts each section has. */
export function countSections(texts: readonly ConsoleText[]): Record<Section, number> {
  const counts = { scripts: 0, faq: 0, talk: 0, handover: 0, statements: 0, notices: 0 }
  for (const text of texts) for (const section of SECTIONS) if (isIn(section, text)) counts[section] += 1
  return counts
}
