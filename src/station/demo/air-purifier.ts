import { EASING } from './air-purifier/easing.ts'
import { numbers } from './air-purifier/numbers.ts'
import { OUTBREAK } from './air-purifier/outbreak.ts'
import { PEAK } from './air-purifier/peak.ts'
import { PEOPLE } from './air-purifier/people.ts'
import { WARNING } from './air-purifier/warning.ts'
import type { StoryAct } from './story.ts'

/**
 * Case 2 (C2-01…C2-14) as a story: an air purifier of an invented brand smokes in a child's room. Everybody in it, the brand and
 * the newspapers are made up. Acts stand in the order in which they happen.
 */
export const AIR_PURIFIER: readonly StoryAct[] = [...PEOPLE, ...WARNING, ...OUTBREAK, ...PEAK, ...EASING, ...numbers()].toSorted((a, b) => a.at - b.at)

/** What the declaration says. */
export const AIR_PURIFIER_TITLE = '清屿 Q3 空气净化器夜间冒烟，儿童受伤'
