import { z } from 'zod'

/** Milliseconds since 1970 between the years 1990 and 2100, the range of a timeline. */
export const EventTime = z.int().min(631_152_000_000).max(4_133_980_800_000)
