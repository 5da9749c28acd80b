import type { ConsoleGone } from '#contract/agent-wire.ts'
import { DAY } from '#domain/durations.ts'
import type { WordingContent } from '#domain/wording/content.ts'
import { filledText } from '#domain/wording/filled-text.ts'
import { hadBegun, hasBegun, publishedText } from '#domain/wording/published.ts'
import type { PastRelease, Release, WordingState } from '#domain/wording/wording.ts'
import { consoleText, deliveryOf, type SharedText } from './console-text.ts'
import type { DeriveParts } from './derived-parts.ts'
import { shortHash } from './short-hash.ts'

/** How long consoles show that a text is gone. */
const GONE_SHOWN_MS = 7 * DAY
/** Earlier releases that are looked at for whom a text no longer goes to. */
const FORMER_SHOWN = 5

/** A text in use. `json`: what all agents get of it, up to the value of `confirmation`; `sign` differs when that or the release differs. */
export type LiveText = { text: SharedText; json: string; sign: string; groups: readonly string[]; releaseAt: number; changedAt: number }
export type GoneText = { gone: ConsoleGone; groups: readonly string[] }
/** A release that agents had or have. */
export type KnownRelease = { revisionId: string; hash: string; number: number; releaseAt: number; groups: readonly string[] }

/** What agents may know of one text. */
export type ReleasedText = {
  id: string
  incidentId: string | null
  live: LiveText | null
  gone: GoneText | null
  /** Shown to those who had the text and to whom it does not go any more. */
  formers: readonly GoneText[]
  releases: readonly KnownRelease[]
  /** When it changes by itself, milliseconds since 1970: a release begins or ends, a notice of its end is over. */
  nextAt: number
}

/** A text of the log. */
export type Place = { id: string; incidentId: string | null; state: WordingState }
type ReadContent = (revision: Pick<Release, 'revisionId' | 'hash'>, wordingId: string) => Promise<WordingContent | null>

const since = (release: Release) => Math.max(release.from, release.at)

async function goneText(
  { id }: Place,
  release: Release,
  content: WordingContent | null,
  end: Pick<ConsoleGone, 'at' | 'why' | 'instead'>,
): Promise<GoneText | null> {
  if (!content) return null
  // The title of the text itself may be that of a revision that is not published.
  const { title } = filledText({ ...content, blocks: [], objections: [], variants: [] }, release.values)
  return { gone: { id, number: release.number, title, ...end }, groups: deliveryOf(release).groups }
}

/**
 * What agents may know of a text now.
 * @param readContent the content of a revision; null if it cannot be read, then agents do not get it
 */
export async function releasedText(place: Place, readContent: ReadContent, derive: DeriveParts, now: number): Promise<ReleasedText> {
  const { id, incidentId, state } = place
  const begun = state.past.filter(hadBegun)
  const held: Release[] = state.live && hasBegun(state.live, now) ? [...begun, state.live] : begun
  const published = publishedText(state, now)
  const inUse = published?.status === 'published' ? published.release : null
  const contentOf = (release: Release) => readContent(release, id)

  async function liveText(release: Release): Promise<LiveText | null> {
    const content = await contentOf(release)
    if (!content) return null
    const earlier = held.slice(0, held.indexOf(release)).findLast(({ revisionId }) => revisionId !== release.revisionId)
    const before = earlier && (await contentOf(earlier))
    const text = await consoleText(place, { release, content }, before ? { release: earlier, content: before } : null, derive)
    const json = `${JSON.stringify(text).slice(0, -1)},"confirmation":`
    const sign = shortHash(String(release.at), json)
    return { text, json, sign, groups: deliveryOf(release).groups, releaseAt: release.at, changedAt: since(release) }
  }

  async function endOf(): Promise<GoneText | null> {
    if (!published || published.status === 'published') return null
    const { release, status } = published
    const last = begun.at(-1)
    const end =
      status === 'withdrawn' && last
        ? ({ at: last.endedAt, why: 'withdrawn', instead: last.instead } as const)
        : ({ at: release.until ?? now, why: 'expired', instead: '' } as const)
    return end.at > now - GONE_SHOWN_MS ? goneText(place, release, await contentOf(release), end) : null
  }

  async function formerTexts(release: Release): Promise<GoneText[]> {
    const recent = begun.filter((one: PastRelease) => one !== release && one.endedAt > now - GONE_SHOWN_MS).slice(-FORMER_SHOWN)
    const elsewhere = recent.filter((one) => deliveryOf(one).groups.join() !== deliveryOf(release).groups.join())
    const found = elsewhere
      .toReversed()
      .map(async (one) => goneText(place, one, await contentOf(one), { at: since(release), why: 'not-for-you', instead: '' }))
    return (await Promise.all(found)).filter((one) => one !== null)
  }

  const live = inUse && (await liveText(inUse))
  const gone = await endOf()
  const times = [state.live?.from, state.live?.until, inUse?.until, gone && gone.gone.at + GONE_SHOWN_MS]
  return {
    id,
    incidentId,
    live,
    gone,
    formers: inUse ? await formerTexts(inUse) : [],
    releases: held.map((release) => ({
      revisionId: release.revisionId,
      hash: release.hash,
      number: release.number,
      releaseAt: release.at,
      groups: deliveryOf(release).groups,
    })),
    nextAt: Math.min(...times.filter((at) => typeof at === 'number').filter((at) => at > now), Infinity),
  }
}

/**
 * Derives the parts of the revision that will probably be published next, so that it reaches consoles sooner. Unless it is scheduled, its values
 * are not known yet and taken for those of the release in use. If they differ, the parts are derived again when it is published.
 */
export async function prepareNext({ id, state }: Place, readContent: ReadContent, derive: DeriveParts, now: number): Promise<void> {
  const next = state.revisions.at(-1)
  const published = publishedText(state, now)
  const inUse = published?.status === 'published' ? published.release : null
  if (!next || next.id === inUse?.revisionId) return
  const content = await readContent({ revisionId: next.id, hash: next.hash }, id)
  const before = inUse && (await readContent(inUse, id))
  if (!content || (inUse && !before)) return
  const scheduled = state.live?.revisionId === next.id ? state.live : null
  const valuesBefore = inUse?.values ?? {}
  const text = filledText(content, scheduled?.values ?? valuesBefore)
  await derive(state.scenario, text, before && filledText(before, valuesBefore))
}
