const MINUTE = 60_000

/** Minutes between bulletins (C2-12). */
export const CADENCES = [15, 30, 60, 120] as const
export type Cadence = (typeof CADENCES)[number]

/** Minutes east of Greenwich by which slots are aligned: only what exceeds the full hour matters, as in India or Nepal. */
export const OFFSETS = { least: -14 * 60, most: 14 * 60 } as const

/** From when on a bulletin counts as late, milliseconds. Longer than another node needs to take over the timers of a dead one. */
export const LATE_MS = MINUTE

/**
 * The first slot after a time. Slots are `cadence` apart in elapsed time and aligned to the full hour of a time zone, so that a
 * night of the change to winter time has as many as it has hours. Nothing is read from a time zone table, so that every
 * device computes the same slots.
 * @param after milliseconds since 1970
 * @param offset minutes east of Greenwich
 */
export function slotAfter(after: number, cadence: Cadence, offset: number): number {
  const step = cadence * MINUTE
  const shift = offset * MINUTE
  return (Math.floor((after + shift) / step) + 1) * step - shift
}

/**
 * How far back missed bulletins are written one by one, milliseconds. A hub whose clock is wrong by a year must not write
 * thousands.
 */
export const LONGEST_GAP = 7 * 24 * 60 * MINUTE

/** The first slot from a due one that lies within {@link LONGEST_GAP} of an end. Times in milliseconds since 1970. */
function firstWithin(due: number, end: number, cadence: Cadence): number {
  const step = cadence * MINUTE
  return due + Math.max(0, Math.ceil((end - LONGEST_GAP - due) / step)) * step
}

/** What decides about the slots of a plan, see `BulletinPlanState`. */
type Course = { nextDue: number; cadence: Cadence; offset: number; setAt: number; cadenceBefore?: Cadence | null }

/** The slot after one of a plan. Until the plan was set its former cadence counts, for bulletins that were due then. */
export function nextSlot({ cadence, offset, setAt, cadenceBefore }: Omit<Course, 'nextDue'>, slot: number): number {
  if (!cadenceBefore || slot > setAt) return slotAfter(slot, cadence, offset)
  const next = slot + cadenceBefore * MINUTE
  return next <= setAt ? next : slotAfter(setAt, cadence, offset)
}

/**
 * Slots of a plan from the one that is due up to an end, the end included; at most `most` of them, and none before
 * {@link LONGEST_GAP}. Times in milliseconds since 1970.
 */
export function slotsUntil(course: Course, end: number, most: number): number[] {
  const { nextDue, cadence, offset, setAt, cadenceBefore } = course
  let slot = firstWithin(nextDue, end, cadenceBefore ?? cadence)
  if (cadenceBefore && slot > setAt) slot = firstWithin(slotAfter(setAt, cadence, offset), end, cadence)
  const slots: number[] = []
  for (; slot <= end && slots.length < most; slot = nextSlot(course, slot)) slots.push(slot)
  return slots
}

/**
 * Whether a slot is further away than a plan ever sets one, because the hub's clock was ahead. Times in milliseconds since 1970.
 * @param cadences how far away it may be at most
 */
export function isAstray(nextDue: number | null, cadence: Cadence, now: number, cadences = 2): boolean {
  return nextDue !== null && nextDue > now + cadences * cadence * MINUTE
}

/**
 * From how many cadences on the hub sets the next slot anew. A plan sets one at most 1.25 cadences away, see {@link firstSlot}: whatever is
 * further away was answered too early by more than a quarter of an hour (at full hours), and its hour would have none.
 */
export const RECKONED_FROM = 1.5

/**
 * The first slot of a plan that the hub begins: no bulletin goes out within minutes of a declaration. Times in milliseconds
 * since 1970.
 */
export const firstSlot = (now: number, cadence: Cadence, offset: number): number => slotAfter(now + (cadence * MINUTE) / 4, cadence, offset)
