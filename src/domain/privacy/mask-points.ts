import { personalSpots } from './mask-personal.ts'

/** A time, milliseconds since 1970, and a value. */
type Point = readonly [number, number]

/** Ten digits and fewer are counted every day; nothing personal is known by them without a word beside it. */
const PERSONAL_FROM = 1e10
/** Nothing in the world is counted so high: what has so many digits is the number of a paper or a card. */
const NEVER_COUNTED = 1e14
/** What stays of a number, as of a masked one in a text. */
const DIGITS_KEPT = 3
/** So many measurements that never fall are no column of numbers of people. */
const RISING_FROM = 8

function isPersonal(value: number): boolean {
  const size = Math.abs(Math.trunc(value))
  if (size < PERSONAL_FROM || !Number.isFinite(size)) return false
  return size >= NEVER_COUNTED ? size < 1e19 : personalSpots(String(size)).length > 0
}

const maskNumber = (value: number) => Number(value.toPrecision(DIGITS_KEPT))

/**
 * Measurements for whoever may read them: a value that is really a telephone number, an identity number or a card is rounded to
 * its first digits (R1). A count that has grown that large and goes on growing is one of what it counts, and stays.
 * @param points in time order
 * @returns the very same list where nothing is personal
 */
export function maskPoints<One extends Point>(points: readonly One[]): readonly One[] {
  if (!points.some(([, value]) => isPersonal(value))) return points
  const rising = points.length >= RISING_FROM && points.every(([, value], index) => value >= (points[index - 1]?.[1] ?? value))
  const grows = (value: number, index: number) =>
    rising && value < NEVER_COUNTED && ((points[index - 1] ?? points[index + 1])?.[1] ?? 0) >= value / 2
  return points.map((point, index) =>
    isPersonal(point[1]) && !grows(point[1], index) ? ([point[0], maskNumber(point[1])] as unknown as One) : point,
  )
}
