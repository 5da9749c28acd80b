import type { ConsoleText } from '#contract/agent-wire.ts'
import type { FilledText } from '#domain/wording/filled-text.ts'
import { textDifference } from '#domain/wording/text/difference/difference.ts'
import { shortHash } from './short-hash.ts'

/** What is computed from a text for consoles; for a script of usual length it takes some 20 ms. */
export type DerivedParts = Pick<ConsoleText, 'marks' | 'pinyin' | 'initials'>

/**
 * Computes them, or takes them from an earlier call with the same texts.
 * @param previous what agents had before; null for the first version
 */
export type DeriveParts = (scenario: string, text: FilledText, previous: FilledText | null) => Promise<DerivedParts>

/** Results that are kept: some 1 KB each. */
const KEPT = 1000

function fields(text: FilledText): Map<string, string> {
  return new Map([
    ['title', text.title],
    ['core', text.core],
    ...text.blocks.map(({ id, text: own }): [string, string] => [`blocks.${id}.text`, own]),
    ...text.objections.flatMap(({ id, ask, answer }): [string, string][] => [
      [`objections.${id}.ask`, ask],
      [`objections.${id}.answer`, answer],
    ]),
    ...text.variants.map(({ id, text: own }): [string, string] => [`variants.${id}.text`, own]),
  ])
}

/** The ranges of a text that the previous one did not have; a part that is new as a whole is one range. */
function marksOf(text: FilledText, previous: FilledText): DerivedParts['marks'] {
  const before = fields(previous)
  const marks: DerivedParts['marks'] = []
  for (const [at, own] of fields(text)) {
    let start = 0
    for (const segment of textDifference(before.get(at) ?? '', own)) {
      if (segment.kind === 'removed') continue
      const end = start + segment.text.length
      if (segment.kind === 'added') marks.push({ at, start, end })
      start = end
    }
  }
  return marks
}

/** The texts that are searched by pinyin. */
const searched = (scenario: string, { title, objections }: FilledText) => [title, scenario, ...objections.map(({ ask }) => ask)].join(' ')

/** Pinyin of Chinese words without tones and blanks, and their initials; other words as they are. */
async function pinyinOf(text: string): Promise<Pick<DerivedParts, 'pinyin' | 'initials'>> {
  // Loaded when the first text is published: its dictionary takes 16 MB.
  const { pinyin } = await import('pinyin-pro')
  const letters = (pattern: 'pinyin' | 'first') =>
    pinyin(text, { toneType: 'none', type: 'array', pattern, v: true, nonZh: 'consecutive' }).join('').replaceAll(/\s+/gu, '').toLowerCase()
  return { pinyin: letters('pinyin'), initials: letters('first') }
}

/** Keeps what was derived last, by the texts themselves. */
export function createDerivedParts(): DeriveParts {
  const kept = new Map<string, DerivedParts>()
  return async (scenario, text, previous) => {
    const key = shortHash(JSON.stringify([scenario, text, previous]))
    const known = kept.get(key)
    kept.delete(key)
    const parts = known ?? { marks: previous ? marksOf(text, previous) : [], ...(await pinyinOf(searched(scenario, text))) }
    kept.set(key, parts)
    const [oldest] = kept.keys()
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    return parts
  }
}
