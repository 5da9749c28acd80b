import type { ApiHandlers } from '#contract/api.ts'
import { CHUNK_BYTES } from '#contract/file-api.ts'
import { done, type Failure, type Result } from '#contract/failures.ts'
import type { Language } from '#contract/workspace-api.ts'
import { slotAfter } from '#domain/bulletins/bulletin-slots.ts'
import { DAY, HOUR, MINUTE } from '#domain/durations.ts'
import type { Evidence } from '#domain/timeline/entry.ts'
import type { TeamHub } from '#hub/team-hub.ts'
import { airPurifierIn } from './air-purifier.ts'
import { joinCast, type Cast, type CastFile } from './cast.ts'
import { tellEarlier } from './earlier-incidents.ts'
import { makeEvidence } from './evidence.ts'
import type { Story, StoryAct, StorySeries, Writing } from './story.ts'
import { tellWording } from './tell-wording.ts'
import type { StoryClock } from './story-clock.ts'

/** An act that the workspace refused, most likely because the viewer had changed something meanwhile. */
export type RefusedAct = { act: StoryAct; failure: Failure }

export type DemoPlayer = {
  incidentId: string
  refused: readonly RefusedAct[]
  /** True when the last act has been written. */
  ended(): boolean
  /** Writes every act up to a story time (milliseconds since 1970), each at its own time. */
  playUntil(time: number): Promise<void>
}

/** The story being played, its room, and the ids of its parts there. */
type Telling = {
  story: Story
  language: Language
  handlers: ApiHandlers
  incidentId: string
  memberId: string
  entries: Map<string, string>
  series: Map<StorySeries, string>
  cast: Cast | null
}

/** Unwraps a result that the story cannot do without; throws on a failure. */
function needed<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`The demo was refused: ${result.failure.code} ${JSON.stringify(result.failure.params)}`)
  return result.value
}

/** How long before the story its member joined. */
const BEFORE_MS = 30 * DAY

/**
 * Sets up the member, writes the earlier incidents, and declares the story's incident at the clock's present time; the rest follows
 * with `playUntil`.
 * @param handlers of a fresh workspace whose clock is `clock`
 * @param hub of that workspace, for colleagues who write themselves; without it the commander writes everything
 */
export async function startDemo(handlers: ApiHandlers, clock: StoryClock, language: Language, hub?: Promise<TeamHub>): Promise<DemoPlayer> {
  const story = airPurifierIn(language)
  const { acts } = story
  const declaredAt = clock.now()
  // The member joined before all incidents.
  clock.hold(declaredAt - BEFORE_MS)
  const member = needed(await handlers['workspace.setUp']({ name: story.commander, role: 'commander', language }))
  await tellEarlier(handlers, clock, language, declaredAt, () => settle(handlers))
  clock.hold(declaredAt)
  const incident = needed(
    await handlers['incidents.declare']({
      title: story.title,
      type: 'product-problem',
      level: 2,
      stage: 'initial-complaint',
      known: '',
      mode: 'real',
      apologyDue: true,
    }),
  )
  const offset = -new Date(declaredAt).getTimezoneOffset()
  needed(await handlers['bulletins.setPlan']({ incidentId: incident.id, on: true, cadence: 60, offset }))
  await settle(handlers)
  const cast = hub ? await joinCast(await hub, story) : null
  const telling: Telling = {
    story,
    language,
    handlers,
    incidentId: incident.id,
    memberId: member.id,
    entries: new Map(),
    series: new Map(),
    cast,
  }
  const refused: RefusedAct[] = []
  let next = 0
  let hour = slotAfter(declaredAt, 60, offset)
  /** Has the hub issue the bulletins of all hours until a time, each at its hour: the story may jump over many. */
  async function issueUntil(time: number): Promise<void> {
    for (; hour <= time; hour += HOUR) {
      clock.hold(hour)
      const own = await hub
      // A round that the hub has begun itself may have read an earlier time.
      await own?.fireDue()
      await own?.fireDue()
    }
  }
  clock.hold(null)
  return {
    incidentId: incident.id,
    refused,
    ended: () => next >= acts.length,
    async playUntil(time) {
      try {
        for (let act = acts[next]; act && declaredAt + act.at * MINUTE <= time; act = acts[next]) {
          const at = declaredAt + act.at * MINUTE
          if (clock.now() !== at) await settle(handlers)
          await issueUntil(at)
          clock.hold(at)
          next++
          const result = await play(telling, act, at)
          if (!result.ok) refused.push({ act, failure: result.failure })
        }
        await settle(handlers)
        await issueUntil(time)
      } finally {
        clock.hold(null)
      }
    },
  }
}

/** Waits until the hub has confirmed what was written: it dates records by the story's clock, which must not run ahead of them. */
async function settle(handlers: ApiHandlers): Promise<void> {
  for (let round = 0; round < 2000; round++) {
    const status = await handlers['workspace.status']({})
    if (!status.ok || status.value.sync.pending === 0) return
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 1)
    })
  }
}

async function play(telling: Telling, act: StoryAct, at: number): Promise<Result<unknown>> {
  const { story, language, handlers, incidentId } = telling
  const of = { incidentId }
  const entryId = (key: string) => telling.entries.get(key) ?? ''
  switch (act.do) {
    case 'write':
      return write(telling, act, at)
    case 'correct': {
      const entry = await handlers['timeline.entry']({ ...of, entryId: entryId(act.key) })
      if (!entry.ok) return entry
      const { kind, happenedAt } = entry.value
      return handlers['timeline.correct']({
        ...of,
        entryId: entryId(act.key),
        content: { kind, happenedAt, text: act.text },
        reason: act.reason,
      })
    }
    case 'comment':
      return handlers['timeline.comment']({ ...of, entryId: entryId(act.key), text: act.text })
    case 'link':
      return handlers['timeline.link']({ ...of, entryId: entryId(act.key), to: entryId(act.to), relation: act.relation })
    case 'number':
      return enter(telling, act, at)
    case 'known':
      return handlers['incidents.revise']({ ...of, known: act.text })
    case 'stage':
      return handlers['incidents.revise']({ ...of, stage: act.stage })
    case 'sign':
      return handlers['incidents.markSign']({ ...of, sign: act.sign, seen: true })
    case 'level':
      return handlers['incidents.changeLevel']({ ...of, to: act.to, reason: act.reason })
    case 'status':
      return handlers['incidents.setStatus']({ ...of, to: act.to, reason: act.reason })
    case 'hand-over':
      return handlers['incidents.handOver']({
        ...of,
        memberId: act.to === null ? telling.memberId : null,
        name: act.to ?? story.commander,
        summary: act.summary,
      })
    case 'assess':
    case 'refuse': {
      const risk = await handlers['risk.get'](of)
      if (!risk.ok) return risk
      return handlers['risk.assess']({
        ...of,
        inputs: { ...risk.value.inputs, opinionLeaders: act.opinionLeaders },
        verdict: act.do === 'refuse' ? 'refused' : 'noted',
        reason: act.reason,
      })
    }
    case 'person': {
      const { layer, department, name, backup, duty } = act
      return handlers['people.assign']({ ...of, layer, department, name, backup, duty })
    }
    case 'plan':
      return handlers['plans.apply']({ ...of, planId: act.planId, language })
    case 'wording':
      return tellWording(telling, act.starter, () => settle(handlers))
    case 'task': {
      const tasks = await handlers['tasks.list'](of)
      if (!tasks.ok) return tasks
      const taskId = tasks.value.find((one) => one.plan?.key === act.task)?.id ?? incidentId
      return handlers['tasks.move']({ ...of, taskId, to: act.to, note: act.note ?? '' })
    }
  }
}

async function write({ handlers, incidentId, entries, cast }: Telling, writing: Writing, at: number): Promise<Result<unknown>> {
  const evidence: Evidence[] = []
  const files: CastFile[] = []
  for (const piece of writing.evidence ?? []) {
    const made = makeEvidence(piece)
    const kept = await keep(handlers, made)
    if (!kept.ok) return kept
    const { alreadyKept: _known, ...file } = kept.value
    evidence.push(file)
    files.push({ hash: file.hash, bytes: made.bytes })
  }
  const { kind, text, decision, turningPoint, tags, meets, by } = writing
  const content = {
    kind,
    text,
    happenedAt: at - (writing.ago ?? 0) * MINUTE,
    ...(decision ? { decision } : {}),
    ...(turningPoint ? { turningPoint } : {}),
    ...(tags ? { tags: [...tags] } : {}),
  }
  // Only the commander may say which entry met a clock, and therefore writes such entries.
  const colleague =
    by === undefined || meets
      ? null
      : await cast?.record(by, incidentId, { ...content, ...(evidence.length > 0 ? { evidence } : {}) }, files)
  const written =
    colleague ??
    idOf(
      await handlers['timeline.record']({
        incidentId,
        ...content,
        ...(meets ? { meets: [...meets] } : {}),
        ...(evidence.length > 0 ? { evidence: evidence.map(({ hash }) => hash) } : {}),
      }),
    )
  if (!written.ok) return written
  if (writing.key !== undefined) entries.set(writing.key, written.value)
  if (colleague) await seen(handlers, incidentId, written.value)
  return writing.star ? handlers['timeline.star']({ incidentId, entryId: written.value, starred: true }) : written
}

function idOf(entry: Result<{ id: string }>): Result<string> {
  return entry.ok ? done(entry.value.id) : entry
}

/** Waits until a colleague's entry has arrived in the workspace, because later acts refer to it. */
async function seen(handlers: ApiHandlers, incidentId: string, entryId: string): Promise<void> {
  for (let round = 0; round < 2000; round++) {
    const entry = await handlers['timeline.entry']({ incidentId, entryId })
    if (entry.ok) return
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 1)
    })
  }
}

async function keep(handlers: ApiHandlers, { name, mime, bytes }: ReturnType<typeof makeEvidence>) {
  const begun = await handlers['files.begin']({ name, mime, size: bytes.byteLength })
  if (!begun.ok) return begun
  const { uploadId } = begun.value
  for (let offset = 0; offset < bytes.byteLength; offset += CHUNK_BYTES) {
    const sent = await handlers['files.write']({ uploadId, offset, bytes: bytes.subarray(offset, offset + CHUNK_BYTES) })
    if (!sent.ok) return sent
  }
  return handlers['evidence.keep']({ uploadId })
}

async function enter(
  { story, handlers, incidentId, series }: Telling,
  act: Extract<StoryAct, { do: 'number' }>,
  at: number,
): Promise<Result<unknown>> {
  const seriesId = series.get(act.series)
  // The value of an hour is dated at the beginning of that hour; a level or a total when it was measured.
  const measuredAt = story.series[act.series].reading === 'increments' ? at - 60 * MINUTE : at
  const entered = await handlers['risk.enterNumber']({
    incidentId,
    series: seriesId === undefined ? story.series[act.series] : { seriesId },
    at: measuredAt,
    value: act.value,
  })
  if (entered.ok) series.set(act.series, entered.value.id)
  return entered
}
