import { personalSpots } from './mask-personal.ts'

/** A time, milliseconds since 1970, and a value. */
type Point = readonly [number, number]

/** Below this, numbers of ten or fewer digits are common counts; they identify nobody without a word beside them. */
const PERSONAL_FROM = 1e10
/** No real count is this high: a number with so many digits is that of a document or a card. */
const NEVER_COUNTED = 1e14
/** Number of leading digits kept, as in the mask of a text. */
const DIGITS_KEPT = 3
/** A series with this many measurements that never fall is not a column of personal numbers. */
const RISING_FROM = 8

function isPersonal(value: number): boolean {
  const size = Math.abs(Math.trunc(value))
  if (size < PERSONAL_FROM || !Number.isFinite(size)) return false
  return size >= NEVER_COUNTED ? size < 1e19 : personalSpots(String(size)).length > 0
}

const maskNumber = (value: number) => Number(value.toPrecision(DIGITS_KEPT))

/**
 * Masks measurements: a value that is really a telephone number, an identity number or a card number is rounded to its first
 * digits (R1). A count that has grown this large and keeps growing is a real count, and stays.
 * @param points in time order
 * @returns the same list if nothing is personal
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
