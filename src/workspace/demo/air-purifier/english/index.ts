import { EASING_IN_ENGLISH } from './easing.ts'
import { OUTBREAK_IN_ENGLISH } from './outbreak.ts'
import { PEAK_IN_ENGLISH } from './peak.ts'
import { PEOPLE_IN_ENGLISH } from './people.ts'
import { WARNING_IN_ENGLISH } from './warning.ts'

/** Every text of the story in English, by the Chinese it stands for. */
export const ENGLISH: Readonly<Record<string, string>> = {
  ...PEOPLE_IN_ENGLISH,
  ...WARNING_IN_ENGLISH,
  ...OUTBREAK_IN_ENGLISH,
  ...PEAK_IN_ENGLISH,
  ...EASING_IN_ENGLISH,
}
