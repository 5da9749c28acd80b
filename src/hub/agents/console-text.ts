import type { ConsoleText } from '#contract/agent-wire.ts'
import { MINUTE } from '#domain/durations.ts'
import { Delivery, PLAIN_DELIVERY } from '#domain/wording/delivery.ts'
import type { WordingContent } from '#domain/wording/content.ts'
import { filledText, type FilledText } from '#domain/wording/filled-text.ts'
import { textDifference } from '#domain/wording/text/difference/difference.ts'
import type { Release, WordingState } from '#domain/wording/wording.ts'

/** A text as every agent gets it; only `confirmation` is the agent's own. */
export type SharedText = Omit<ConsoleText, 'confirmation'>

/** To whom a release goes; releases of earlier versions say nothing and go to all. */
export function deliveryOf({ delivery }: { delivery?: unknown }): Delivery {
  return Delivery.safeParse(delivery).data ?? PLAIN_DELIVERY
}

/** The texts that are searched by pinyin. */
const searched = (scenario: string, { title, objections }: FilledText) => [title, scenario, ...objections.map(({ ask }) => ask)].join(' ')

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
export function marksOf(text: FilledText, previous: FilledText): SharedText['marks'] {
  const before = fields(previous)
  const marks: SharedText['marks'] = []
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

/** Pinyin of Chinese words without tones and blanks, and their initials; other words as they are. */
async function pinyinOf(text: string): Promise<Pick<SharedText, 'pinyin' | 'initials'>> {
  // Loaded when the first text is published: its dictionary takes 16 MB.
  const { pinyin } = await import('pinyin-pro')
  const letters = (pattern: 'pinyin' | 'first') =>
    pinyin(text, { toneType: 'none', type: 'array', pattern, v: true, nonZh: 'consecutive' }).join('').replaceAll(/\s+/gu, '').toLowerCase()
  return { pinyin: letters('pinyin'), initials: letters('first') }
}

/** A release with the content that it publishes. */
export type ReleasedContent = { release: Release; content: WordingContent }

/**
 * The text of a release as agents get it. It holds nothing but what was published and the place of the text in the library.
 * @param previous what agents had before; null for the first version
 */
export async function consoleText(
  { id, incidentId, state }: { id: string; incidentId: string | null; state: WordingState },
  { release, content }: ReleasedContent,
  previous: ReleasedContent | null,
): Promise<SharedText> {
  const text = filledText(content, release.values)
  const { urgency, confirmWithin } = deliveryOf(release)
  const { kind, statement, scenario, emotion, language } = state
  const from = Math.max(release.from, release.at)
  return {
    id,
    incidentId,
    revisionId: release.revisionId,
    number: release.number,
    hash: release.hash,
    kind,
    statement,
    scenario,
    emotion,
    language,
    ...text,
    from,
    until: release.until,
    releaseAt: release.at,
    summary: release.summary,
    previousNumber: previous?.release.number ?? null,
    marks: previous ? marksOf(text, filledText(previous.content, previous.release.values)) : [],
    urgency,
    confirmBy: confirmWithin === null ? null : from + confirmWithin * MINUTE,
    ...(await pinyinOf(searched(scenario, text))),
  }
}
