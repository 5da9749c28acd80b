import { pinyin } from 'pinyin-pro'
import type { ConsoleText } from '#contract/agent-wire.ts'
import { MINUTE } from '#domain/durations.ts'
import { Delivery } from '#domain/wording/delivery.ts'
import type { WordingContent } from '#domain/wording/content.ts'
import { filledText, type FilledText } from '#domain/wording/published-text.ts'
import { textDifference } from '#domain/wording/text/difference/difference.ts'
import type { Release, WordingState } from '#domain/wording/wording.ts'

/** A text as every agent gets it; only `confirmation` is the agent's own. */
export type SharedText = Omit<ConsoleText, 'confirmation'>

const TO_ALL: Delivery = { groups: [], urgency: 'normal', confirmWithin: null }

/** To whom a release goes; releases of earlier versions say nothing and go to all. */
export function deliveryOf(release: Release & { delivery?: unknown }): Delivery {
  return Delivery.safeParse(release.delivery).data ?? TO_ALL
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

const letters = (pattern: 'pinyin' | 'first', text: string) =>
  pinyin(text, { toneType: 'none', type: 'array', pattern, v: true, nonZh: 'consecutive' }).join('').replaceAll(/\s+/gu, '').toLowerCase()

/** A release with the content that it publishes. */
export type ReleasedContent = { release: Release; content: WordingContent }

/**
 * The text of a release as agents get it. It holds nothing but what was published and the place of the text in the library.
 * @param previous what agents had before; null for the first version
 */
export function consoleText(
  { id, incidentId, state }: { id: string; incidentId: string | null; state: WordingState },
  { release, content }: ReleasedContent,
  previous: ReleasedContent | null,
): SharedText {
  const text = filledText(content, release.values)
  const { urgency, confirmWithin } = deliveryOf(release)
  const { kind, statement, scenario, emotion, language } = state
  const from = Math.max(release.from, release.at)
  const words = searched(scenario, text)
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
    summary: release.summary,
    previousNumber: previous?.release.number ?? null,
    marks: previous ? marksOf(text, filledText(previous.content, previous.release.values)) : [],
    urgency,
    confirmBy: confirmWithin === null ? null : from + confirmWithin * MINUTE,
    pinyin: letters('pinyin', words),
    initials: letters('first', words),
  }
}
