import type { ApiHandlers } from '#contract/api.ts'
import { CHUNK_BYTES } from '#contract/file-api.ts'
import type { Failure, Result } from '#contract/failures.ts'
import type { SeriesMetric, SeriesReading } from '#domain/series/series.ts'
import { AIR_PURIFIER, AIR_PURIFIER_TITLE } from './air-purifier.ts'
import { makeEvidence } from './evidence.ts'
import type { StoryAct, StoryEvidence, StorySeries, Writing } from './story.ts'
import type { StoryClock } from './story-clock.ts'

const MINUTE = 60_000
const COMMANDER = '周岚'

const SERIES: Record<StorySeries, { name: string; unit: string; metric: SeriesMetric; reading: SeriesReading }> = {
  complaints: { name: '每小时投诉和咨询', unit: '件', metric: 'business', reading: 'increments' },
  searches: { name: '每小时搜索量', unit: '次', metric: 'spread', reading: 'increments' },
  negative: { name: '负面占比', unit: '%', metric: 'sentiment', reading: 'level' },
  media: { name: '媒体报道', unit: '家', metric: 'influence', reading: 'running-total' },
}

/** An act that the station refused, most likely because the viewer had done something else meanwhile. */
export type RefusedAct = { act: StoryAct; failure: Failure }

export type DemoPlayer = {
  incidentId: string
  refused: readonly RefusedAct[]
  /** True when the last act has been written. */
  ended(): boolean
  /** Writes every act up to a story time (milliseconds since 1970), each at its own time. */
  playUntil(time: number): Promise<void>
}

type Keys = { entries: Map<string, string>; series: Map<StorySeries, string>; memberId: string }

/** An answer that the story cannot do without. */
function needed<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`The demo was refused: ${result.failure.code} ${JSON.stringify(result.failure.params)}`)
  return result.value
}

/**
 * Sets up the member and declares the incident of the story at the clock's present time; the rest follows with `playUntil`.
 * @param handlers of a fresh station whose clock is `clock`
 */
export async function startDemo(handlers: ApiHandlers, clock: StoryClock): Promise<DemoPlayer> {
  const declaredAt = clock.now()
  clock.hold(declaredAt)
  const member = needed(await handlers['station.setUp']({ name: COMMANDER, role: 'commander', language: 'zh-Hans' }))
  const incident = needed(
    await handlers['incidents.declare']({ title: AIR_PURIFIER_TITLE, type: 'product-problem', level: 2, stage: 'initial-complaint', known: '', mode: 'real', apologyDue: true }),
  )
  await settle(handlers)
  const keys: Keys = { entries: new Map(), series: new Map(), memberId: member.id }
  const refused: RefusedAct[] = []
  let next = 0
  clock.hold(null)
  return {
    incidentId: incident.id,
    refused,
    ended: () => next >= AIR_PURIFIER.length,
    async playUntil(time) {
      try {
        for (let act = AIR_PURIFIER[next]; act && declaredAt + act.at * MINUTE <= time; act = AIR_PURIFIER[next]) {
          const at = declaredAt + act.at * MINUTE
          if (clock.now() !== at) await settle(handlers)
          clock.hold(at)
          next++
          const result = await play(handlers, incident.id, keys, act, at)
          if (!result.ok) refused.push({ act, failure: result.failure })
        }
        await settle(handlers)
      } finally {
        clock.hold(null)
      }
    },
  }
}

/** Waits until the hub has confirmed what was written: it dates records by the story's clock, which must not run ahead of them. */
async function settle(handlers: ApiHandlers): Promise<void> {
  for (let round = 0; round < 2000; round++) {
    const status = await handlers['station.status']({})
    if (!status.ok || status.value.sync.pending === 0) return
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 1)
    })
  }
}

async function play(handlers: ApiHandlers, incidentId: string, keys: Keys, act: StoryAct, at: number): Promise<Result<unknown>> {
  const of = { incidentId }
  const entryId = (key: string) => keys.entries.get(key) ?? ''
  switch (act.do) {
    case 'write':
      return write(handlers, incidentId, keys, act, at)
    case 'correct': {
      const entry = await handlers['timeline.entry']({ ...of, entryId: entryId(act.key) })
      if (!entry.ok) return entry
      const { kind, happenedAt } = entry.value
      return handlers['timeline.correct']({ ...of, entryId: entryId(act.key), content: { kind, happenedAt, text: act.text }, reason: act.reason })
    }
    case 'comment':
      return handlers['timeline.comment']({ ...of, entryId: entryId(act.key), text: act.text })
    case 'link':
      return handlers['timeline.link']({ ...of, entryId: entryId(act.key), to: entryId(act.to), relation: act.relation })
    case 'number':
      return enter(handlers, incidentId, keys, act, at)
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
      return handlers['incidents.handOver']({ ...of, memberId: act.to === null ? keys.memberId : null, name: act.to ?? COMMANDER, summary: act.summary })
    case 'assess': {
      const risk = await handlers['risk.get'](of)
      if (!risk.ok) return risk
      return handlers['risk.assess']({ ...of, inputs: { ...risk.value.inputs, opinionLeaders: act.opinionLeaders }, verdict: 'noted', reason: act.reason })
    }
    case 'person': {
      const { layer, department, name, backup, duty } = act
      return handlers['people.assign']({ ...of, layer, department, name, backup, duty })
    }
    case 'plan':
      return handlers['plans.apply']({ ...of, planId: act.planId, language: 'zh-Hans' })
    case 'task': {
      const tasks = await handlers['tasks.list'](of)
      if (!tasks.ok) return tasks
      const taskId = tasks.value.find((one) => one.plan?.key === act.task)?.id ?? incidentId
      return handlers['tasks.move']({ ...of, taskId, to: act.to, note: act.note ?? '' })
    }
  }
}

async function write(handlers: ApiHandlers, incidentId: string, keys: Keys, writing: Writing, at: number): Promise<Result<unknown>> {
  const evidence: string[] = []
  for (const piece of writing.evidence ?? []) {
    const kept = await keep(handlers, piece)
    if (!kept.ok) return kept
    evidence.push(kept.value.hash)
  }
  const { kind, text, decision, turningPoint, tags, meets } = writing
  const written = await handlers['timeline.record']({
    incidentId,
    kind,
    text,
    happenedAt: at - (writing.ago ?? 0) * MINUTE,
    ...(decision ? { decision } : {}),
    ...(turningPoint ? { turningPoint } : {}),
    ...(tags ? { tags: [...tags] } : {}),
    ...(meets ? { meets: [...meets] } : {}),
    ...(evidence.length > 0 ? { evidence } : {}),
  })
  if (!written.ok) return written
  if (writing.key !== undefined) keys.entries.set(writing.key, written.value.id)
  return writing.star ? handlers['timeline.star']({ incidentId, entryId: written.value.id, starred: true }) : written
}

async function keep(handlers: ApiHandlers, piece: StoryEvidence) {
  const { name, mime, bytes } = makeEvidence(piece)
  const begun = await handlers['files.begin']({ name, mime, size: bytes.byteLength })
  if (!begun.ok) return begun
  const { uploadId } = begun.value
  for (let offset = 0; offset < bytes.byteLength; offset += CHUNK_BYTES) {
    const sent = await handlers['files.write']({ uploadId, offset, bytes: bytes.subarray(offset, offset + CHUNK_BYTES) })
    if (!sent.ok) return sent
  }
  return handlers['evidence.keep']({ uploadId })
}

async function enter(handlers: ApiHandlers, incidentId: string, keys: Keys, act: Extract<StoryAct, { do: 'number' }>, at: number): Promise<Result<unknown>> {
  const seriesId = keys.series.get(act.series)
  // A number of an hour stands at the beginning of that hour; a level or a total at the moment it was read.
  const measuredAt = SERIES[act.series].reading === 'increments' ? at - 60 * MINUTE : at
  const entered = await handlers['risk.enterNumber']({ incidentId, series: seriesId === undefined ? SERIES[act.series] : { seriesId }, at: measuredAt, value: act.value })
  if (entered.ok) keys.series.set(act.series, entered.value.id)
  return entered
}
