import type { Op } from '#domain/log/op.ts'
import { HUB_ACTOR } from '#domain/log/ids.ts'
import type { LogRecord } from '#domain/log/record.ts'

const HOUR = 3_600_000
const WEEK = 168 * HOUR
/** How late a bulletin may be and still count as on time. */
const MINUTE = 60_000

/** The bulletins of an incident, as its log tells them. `next`: the hour of the next one, null while there are none. */
type Course = { asks: boolean; next: number | null; number: number; faults: string[] }

const TYPES = [
  'bulletin.issue',
  'bulletin-plan.begin',
  'bulletin-plan.rest',
  'bulletin-plan.reckon',
  'bulletin-plan.advance',
  'wording.publish',
]

/** Whether the hub itself may write an op in the scope of an incident. */
export function isOfBulletins({ type, body }: { type: string; body: Record<string, unknown> }): boolean {
  const event = body['event'] as { code?: string } | undefined
  return TYPES.includes(type) || (type === 'entry.record' && (event?.code ?? '').startsWith('bulletin-'))
}

/** Follows the log of each incident a second time, without the product's rules: plans that only the hub runs, every full hour. */
function coursesOf(records: readonly LogRecord[]): Map<string, Course> {
  const courses = new Map<string, Course>()
  for (const { outcome, bytes, scope, hubTime, actor } of records) {
    if (outcome.kind !== 'accepted') continue
    const { type, body } = JSON.parse(bytes) as Op
    if (type === 'incident.declare')
      courses.set(scope, { asks: body['level'] === 1 && body['mode'] !== 'historical', next: null, number: 0, faults: [] })
    const course = courses.get(scope)
    if (!course) continue
    if (type === 'incident.set-status') course.asks = body['to'] !== 'closed' && course.asks
    if (actor !== HUB_ACTOR) continue
    if (type === 'bulletin-plan.begin') course.next = (Math.floor((hubTime + HOUR / 4) / HOUR) + 1) * HOUR
    if (type === 'bulletin-plan.rest') course.next = null
    // The hub's clock was ahead: the hours that it answered then are answered again.
    if (type === 'bulletin-plan.reckon') course.next = Number(body['nextDue'])
    if (type === 'bulletin.issue') readBulletin(course, body, hubTime)
  }
  return courses
}

function readBulletin(course: Course, { number, slot, mark }: Op['body'], hubTime: number): void {
  const fault = (what: string) => void course.faults.push(`bulletin ${String(number)}: ${what}`)
  course.number += 1
  if (number !== course.number) fault(`is the ${course.number}. of its incident`)
  // After more than a week the hours before it are not made up for.
  if (course.next !== null && hubTime - course.next > WEEK && Number(slot) % HOUR === 0 && hubTime - Number(slot) <= WEEK)
    course.next = Math.max(course.next, Number(slot))
  if (course.next === null || slot !== course.next) return fault(`is for ${String(slot)}, not for ${String(course.next)}`)
  const late = hubTime - course.next
  if (late < 0) fault('came before its hour')
  if ((mark === 'missed' && late < HOUR) || (mark === 'on-time' && late > HOUR + MINUTE)) fault(`is ${String(mark)} after ${late} ms`)
  course.next += HOUR
}

/** What is wrong with the bulletins of a log: each hour has exactly one, in order, and their numbers have no gaps. */
export function bulletinFaults(records: readonly LogRecord[]): string[] {
  return [...coursesOf(records)].flatMap(([scope, { faults }]) => faults.map((fault) => `${scope}: ${fault}`))
}

/**
 * Bulletins that have not gone out on a hub that has had the time to.
 * @param now by the hub's clock, milliseconds since 1970
 */
export function bulletinsMissed(records: readonly LogRecord[], now: number): string[] {
  return [...coursesOf(records)].flatMap(([scope, { asks, next }]) => {
    if (!asks) return []
    return next === null ? [`${scope} has no bulletins`] : next <= now ? [`${scope} had none at ${next}`] : []
  })
}
