import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ReadKind } from '#domain/define-entity.ts'
import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import type { IncidentState } from '#domain/incidents/incident.ts'
import type { Entity } from '#domain/log/entity.ts'
import { incidentOfScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { REVISION, WORDING } from '#domain/wording/wording-entity.ts'
import type { Release, RevisionState, WordingState } from '#domain/wording/wording.ts'
import type { HubCore } from '../core/hub-core.ts'
import type { EntityRow } from '../database/hub-tables.ts'
import { readOrMend } from '../log/mend-entity.ts'
import { createBulletinReading, type IssuedBulletin } from './bulletins-of-incident.ts'
import { createDerivedParts } from './derived-parts.ts'
import { prepareNext, releasedText, type Place, type ReleasedText } from './released-text.ts'

/** Revisions never change; the last read ones are kept. */
const KEPT_REVISIONS = 500

/** What agents may know of all texts, kept in memory. */
export type PublishedSet = {
  texts(): Iterable<ReleasedText>
  text(wordingId: string): ReleasedText | undefined
  /** The last bulletins of open incidents, each oldest first. */
  bulletins(): Iterable<readonly IssuedBulletin[]>
  /**
   * Reads scopes that have changed, or all.
   * @returns whether anything may be different for agents
   */
  read(scopes: readonly string[] | 'all'): Promise<boolean>
  /** Gets ready for what may be published next, of the texts that the last readings found changed. To be called when nothing is urgent. */
  prepare(): Promise<void>
  /** Takes up releases that began or ended by themselves. */
  passTime(): Promise<boolean>
}

/** The texts of a closed incident leave the console. Those of a drill or of a past case must never be read to customers. */
const isForAgents = (incident: IncidentState | undefined) => incident?.mode === 'real' && incident.status !== 'closed'

type Known = { sum: number; released: ReleasedText }

/** Reads published texts from the log's entities. One reading at a time; unchanged texts are not read again. */
export function createPublishedSet({ hub, now }: Pick<HubCore, 'hub' | 'now'>): PublishedSet {
  const { kysely, engine } = hub.database
  const scopes = new Map<string, Map<string, Known>>()
  const byId = new Map<string, ReleasedText>()
  const bulletins = new Map<string, readonly IssuedBulletin[]>()
  const revisions = new Map<string, RevisionState>()
  const derive = createDerivedParts()
  const toPrepare = new Map<string, Place>()
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = last.then(work)
    last = mine.catch(() => null)
    return mine
  }

  async function entityOf<State>(kind: ReadKind<State>, row: EntityRow | undefined): Promise<Entity<State> | undefined> {
    if (!row) return undefined
    // An unreadable row is as if it were not there; it is noted.
    return kind.as((await readOrMend(kysely, engine, row, hub.unreadable))?.entity)
  }

  const rowOf = (kind: string, id: string) =>
    kysely.selectFrom('entity').selectAll().where('kind', '=', kind).where('id', '=', id).executeTakeFirst()

  const bulletinsOf = createBulletinReading(async (kind, id) => entityOf(kind, await rowOf(kind.kind, id)))

  async function contentOf({ revisionId, hash }: Pick<Release, 'revisionId' | 'hash'>, wordingId: string) {
    const known = revisions.get(revisionId) ?? (await entityOf(REVISION, await rowOf(REVISION.kind, revisionId)))?.state
    if (known?.wordingId !== wordingId || known.hash !== hash) return null
    if (revisions.size >= KEPT_REVISIONS) revisions.clear()
    revisions.set(revisionId, known)
    return known.content
  }

  async function readText(row: EntityRow): Promise<ReleasedText | null> {
    const wording: Entity<WordingState> | undefined = await entityOf(WORDING, row)
    if (!wording) return null
    const place = { id: wording.id, incidentId: incidentOfScope(wording.scope), state: wording.state }
    toPrepare.set(place.id, place)
    return releasedText(place, contentOf, derive, now())
  }

  async function isOpen(scope: string): Promise<boolean> {
    const incidentId = incidentOfScope(scope)
    if (incidentId === null) return scope === TEAM_SCOPE
    return isForAgents((await entityOf(INCIDENT, await rowOf(INCIDENT.kind, incidentId)))?.state)
  }

  /** @param texts those of the scope; without any, agents are told nothing of it */
  async function readBulletins(scope: string, texts: ReadonlyMap<string, Known>): Promise<boolean> {
    const incidentId = incidentOfScope(scope)
    const before = bulletins.get(scope) ?? []
    const found = incidentId === null || texts.size === 0 ? [] : await bulletinsOf(incidentId)
    if (found.length === 0) bulletins.delete(scope)
    else bulletins.set(scope, found)
    return found.length !== before.length || found.at(-1)?.id !== before.at(-1)?.id
  }

  /** @param again texts that are read although their rows have not changed */
  async function readScope(scope: string, again: ReadonlySet<string> = new Set()): Promise<boolean> {
    const before = scopes.get(scope)
    const texts = new Map<string, Known>()
    if (await isOpen(scope)) {
      const sums = await kysely
        .selectFrom('entity')
        .select(['id', 'sum'])
        .where('kind', '=', WORDING.kind)
        .where('scope', '=', scope)
        .execute()
      for (const { id, sum } of sums) {
        const known = before?.get(id)
        const row = known?.sum === sum && !again.has(id) ? undefined : await rowOf(WORDING.kind, id)
        const released = row ? await readText(row) : known?.released
        if (released) texts.set(id, { sum: row?.sum ?? sum, released })
      }
    }
    const haveNews = await readBulletins(scope, texts)
    for (const id of before?.keys() ?? []) byId.delete(id)
    for (const [id, { released }] of texts) byId.set(id, released)
    if (texts.size === 0) scopes.delete(scope)
    else scopes.set(scope, texts)
    return haveNews || texts.size !== (before?.size ?? 0) || [...texts].some(([id, { released }]) => before?.get(id)?.released !== released)
  }

  async function allScopes(): Promise<string[]> {
    const rows = await kysely.selectFrom('entity').select('scope').distinct().where('kind', '=', WORDING.kind).execute()
    return [...new Set([...rows.map(({ scope }) => scope), ...scopes.keys()])]
  }

  async function readEach(wanted: readonly string[], again?: ReadonlySet<string>): Promise<boolean> {
    let changed = false
    for (const scope of wanted) changed = (await readScope(scope, again)) || changed
    return changed
  }

  return {
    texts: () => byId.values(),
    text: (wordingId) => byId.get(wordingId),
    bulletins: () => bulletins.values(),
    read: (wanted) =>
      inTurn(async () => {
        const changed = await readEach(wanted === 'all' ? await allScopes() : wanted)
        // Of all texts that would take too long when a hub starts.
        if (wanted === 'all') toPrepare.clear()
        return changed
      }),
    async prepare() {
      for (const place of toPrepare.values()) {
        toPrepare.delete(place.id)
        // What waits to be sent goes first.
        await nextTurn()
        await prepareNext(place, contentOf, derive, now())
      }
    },
    passTime: () =>
      inTurn(async () => {
        const due = [...scopes].flatMap(([scope, texts]) =>
          [...texts].flatMap(([id, { released }]) => (released.nextAt <= now() ? [{ scope, id }] : [])),
        )
        if (due.length === 0) return false
        return readEach([...new Set(due.map(({ scope }) => scope))], new Set(due.map(({ id }) => id)))
      }),
  }
}
