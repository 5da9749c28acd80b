import type { ConsoleText } from '#contract/agent-wire.ts'
import { MINUTE } from '#domain/durations.ts'
import { Delivery, PLAIN_DELIVERY } from '#domain/wording/delivery.ts'
import type { WordingContent } from '#domain/wording/content.ts'
import { filledText } from '#domain/wording/filled-text.ts'
import type { Release, WordingState } from '#domain/wording/wording.ts'
import type { DeriveParts } from './derived-parts.ts'

/** A text as every agent gets it; only `confirmation` is the agent's own. */
export type SharedText = Omit<ConsoleText, 'confirmation'>

/** To whom a release goes; releases of earlier versions say nothing and go to all. */
export function deliveryOf({ delivery }: { delivery?: unknown }): Delivery {
  return Delivery.safeParse(delivery).data ?? PLAIN_DELIVERY
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
  derive: DeriveParts,
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
    urgency,
    confirmBy: confirmWithin === null ? null : from + confirmWithin * MINUTE,
    ...(await derive(scenario, text, previous && filledText(previous.content, previous.release.values))),
  }
}
