import type { ConsoleBulletin, ConsoleGone } from '#contract/agent-wire.ts'
import type { Standing } from '#contract/agents-api.ts'
import type { PublishedSet } from './published-set.ts'
import type { LiveText } from './released-text.ts'
import { shortHash } from './short-hash.ts'

/** A bulletin as an audience sees it, with its JSON. */
type SeenBulletin = { bulletin: ConsoleBulletin; json: string }

/** What agents of the same groups get: texts in use, texts that are gone, and bulletins, each oldest change first. */
export type Audience = {
  key: string
  texts: readonly LiveText[]
  gone: readonly ConsoleGone[]
  bulletins: readonly SeenBulletin[]
  /** Differs when texts, what is gone, or bulletins differ; the same at every node and after a restart. */
  version: string
  /** The last change of a text, milliseconds since 1970; part of the version. */
  changedAt: number
}

/** What changed from one state of an audience to the next. */
export type AudienceChange = {
  texts: readonly LiveText[]
  gone: readonly ConsoleGone[]
  bulletins: readonly SeenBulletin[]
  /** IDs of bulletins that are no longer shown. */
  bulletinsGone: readonly string[]
}

/** Gone texts that are shown, newest last. */
const GONE_AT_MOST = 100

/** The key of agents of these groups; agents with the same key are one audience. */
export const audienceKey = (groups: readonly string[]) => [...new Set(groups)].toSorted().join(' ')

const goesTo = (groups: readonly string[], own: ReadonlySet<string>) => groups.length === 0 || groups.some((id) => own.has(id))

/** Whether a release goes to agents of these groups. */
export function reaches(release: { groups: readonly string[] }, groups: readonly string[]): boolean {
  return goesTo(release.groups, new Set(groups))
}

function goneOf(set: PublishedSet, own: ReadonlySet<string>): ConsoleGone[] {
  const found: ConsoleGone[] = []
  for (const { live, gone, formers } of set.texts()) {
    if (gone && goesTo(gone.groups, own)) found.push(gone.gone)
    const former = live && !goesTo(live.groups, own) ? formers.find(({ groups }) => goesTo(groups, own)) : undefined
    if (former) found.push(former.gone)
  }
  return found.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).slice(-GONE_AT_MOST)
}

/**
 * The bulletins for agents of these groups: with the items whose text went to them in that version. Others look as if nothing had
 * changed, and are shown from the first text on that went to these agents: before that, the incident does not concern them.
 */
function bulletinsOf(set: PublishedSet, own: ReadonlySet<string>): SeenBulletin[] {
  const isOwn = (textId: string, revisionId: string) =>
    set.text(textId)?.releases.some((release) => release.revisionId === revisionId && goesTo(release.groups, own)) === true
  const begun = new Map<string, number>()
  for (const { incidentId, releases } of set.texts()) {
    if (incidentId === null) continue
    const times = releases.flatMap(({ groups, releaseAt }) => (goesTo(groups, own) ? [releaseAt] : []))
    begun.set(incidentId, Math.min(begun.get(incidentId) ?? Infinity, ...times))
  }
  return [...set.bulletins()]
    .flat()
    .flatMap(({ id, incidentId, number, at, items }): SeenBulletin[] => {
      const mine = items.flatMap(({ item, revisionId }) => (isOwn(item.textId, revisionId) ? [item] : []))
      if (mine.length === 0 && at <= (begun.get(incidentId) ?? Infinity)) return []
      const bulletin = { id, incidentId, number, at, items: mine }
      return [{ bulletin, json: JSON.stringify(bulletin) }]
    })
    .toSorted((a, b) => a.bulletin.at - b.bulletin.at || (a.bulletin.id < b.bulletin.id ? -1 : 1))
}

/** What an audience gets now. */
export function audienceOf(set: PublishedSet, key: string): Audience {
  const own = new Set(key.split(' '))
  const texts = [...set.texts()]
    .flatMap(({ live }) => (live && goesTo(live.groups, own) ? [live] : []))
    .toSorted((a, b) => a.changedAt - b.changedAt || (a.text.id < b.text.id ? -1 : 1))
  const gone = goneOf(set, own)
  const bulletins = bulletinsOf(set, own)
  const changedAt = Math.max(0, ...texts.map((one) => one.changedAt), ...gone.map(({ at }) => at))
  const version = shortHash(...texts.map(({ sign }) => sign), JSON.stringify(gone), ...bulletins.map(({ json }) => json))
  return { key, texts, gone, bulletins, changedAt, version: `${changedAt.toString(36)}-${version}` }
}

/** @param now when texts without a reason of their own have gone, such as those of a closed incident */
export function changeOf(before: Audience, after: Audience, now: number): AudienceChange {
  const known = new Map(before.texts.map((one) => [one.text.id, one]))
  const knownGone = new Set(before.gone.map((one) => JSON.stringify(one)))
  const there = new Set(after.texts.map(({ text }) => text.id))
  const gone = after.gone.filter((one) => !knownGone.has(JSON.stringify(one)))
  const said = new Set(after.gone.map(({ id }) => id))
  const silent = before.texts.filter(({ text: { id } }) => !there.has(id) && !said.has(id))
  const knownBulletins = new Set(before.bulletins.map(({ json }) => json))
  const shown = new Set(after.bulletins.map(({ bulletin }) => bulletin.id))
  return {
    texts: after.texts.filter((one) => known.get(one.text.id)?.sign !== one.sign),
    gone: [
      ...gone,
      ...silent.map(({ text: { id, number, title } }) => ({ id, number, title, at: now, why: 'not-for-you' as const, instead: '' })),
    ],
    bulletins: after.bulletins.filter(({ json }) => !knownBulletins.has(json)),
    bulletinsGone: before.bulletins.flatMap(({ bulletin: { id } }) => (shown.has(id) ? [] : [id])),
  }
}

/** A JSON list of texts for an agent with these standings. */
export function textsJson(texts: readonly LiveText[], standingOf: (text: LiveText) => Standing): string {
  return `[${texts.map((one) => `${one.json}"${standingOf(one)}"}`).join(',')}]`
}

export function bulletinsJson(bulletins: readonly SeenBulletin[]): string {
  return `[${bulletins.map(({ json }) => json).join(',')}]`
}

/** The time of the last change that a version names; null if it is no version of this hub. */
export function changeNamed(version: string): number | null {
  const at = parseInt(/^([0-9a-z]{1,11})-/u.exec(version)?.[1] ?? '', 36)
  return Number.isSafeInteger(at) ? at : null
}
